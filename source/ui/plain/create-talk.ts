import type {OpenSession} from '../../session/create-session.js';
import type {Intent, SessionState} from '../../session/state.js';
import {UserError} from '../../text/user-error.js';
import {createBusyWatch} from './is-busy.js';
import {type Menu, mainMenu} from './menu.js';
import {createNarrator} from './narrate.js';
import type {PlainPage} from './plain-page.js';
import type {Answers} from './read-answers.js';
import type {Scribe} from './scribe.js';

/** Tells what happens, and asks what to do when nothing does. */
export type Talk = {
	/** Tells what is new, and takes an answer if one is due. Returns whether it took one: then there may be more. */
	go(): boolean;
	/** From now on choices are offered without an engine. */
	stopWaiting(): void;
};

/** What may be refused, or be told of, in the same words as the time before. */
const answersWithNotice = new Set<Intent['intent']>([
	'go-on',
	'run',
	'run-line',
	'run-solution',
	'copy-log',
	'save-report',
	'toggle-builder',
]);

/** `isTerminal`: whoever answers sits there, and may leave without a word. */
export const createTalk = (
	session: OpenSession,
	{
		page,
		scribe,
		answers,
		isTerminal,
	}: {page: PlainPage; scribe: Scribe; answers: Answers; isTerminal: boolean},
): Talk => {
	const narrator = createNarrator(() => session.lines, page);
	const isBusy = createBusyWatch();
	let waitsForEngine = true;
	let asked: string | null = null;
	let wanted: Menu | null = null;

	const ask = (state: SessionState): Menu => {
		const menu = wanted ?? mainMenu(state, page);
		const text = page.text(menu.lines).join('\n');
		if (asked !== text) scribe.print(menu.lines);
		asked = text;
		scribe.prompt();
		return menu;
	};
	const take = (menu: Menu, typed: string, isAhead: boolean): void => {
		scribe.echo(typed, isAhead);
		asked = null;
		const {intents, lines, menu: next} = menu.take(typed);
		scribe.print(lines);
		wanted = next;
		for (const intent of intents) {
			if (answersWithNotice.has(intent.intent)) narrator.forgetNotice();
			session.send(intent);
		}
	};
	return {
		go() {
			const state = session.getState();
			scribe.print(narrator.tell(state));
			if (state.ending) return false;
			// Who sits there and types does not want to wait.
			const waits = waitsForEngine && !(isTerminal && answers.peek() !== null);
			if (isBusy(state) || (waits && state.engine.status === 'connecting')) {
				asked = null;
				wanted = null;
				const isCancel = state.runningStepId !== null && /^\s*c(ancel)?\s*$/i.test(answers.peek() ?? '');
				if (!isCancel) return false;
				answers.take();
				session.send({intent: 'cancel'});
				return true;
			}
			if (answers.peek() === null && answers.hasEnded()) {
				if (answers.isEmpty() && !isTerminal) throw noInput();
				void session.shutDown();
				return false;
			}
			const isAhead = answers.peek() !== null && asked === null;
			const menu = ask(state);
			const typed = answers.take();
			if (typed === null) return false;
			take(menu, typed, isAhead);
			return true;
		},
		stopWaiting() {
			waitsForEngine = false;
		},
	};
};

const noInput = (): UserError =>
	new UserError('The workshop asks what to do, and its input has ended before the first answer.', {
		next: 'open it in a terminal, hand over one choice a line, or rehearse it without any: `multistage-workshop run`',
		exitCode: 2,
	});
