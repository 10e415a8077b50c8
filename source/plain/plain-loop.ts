import {createInterface} from 'node:readline';
import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import type {Intent} from '../session/intents.js';
import {selectIsBegun, selectStep} from '../session/select.js';
import type {OpenSession} from '../session/session.js';
import type {SessionState} from '../session/state.js';
import {UserError} from '../text/user-error.js';
import {isChallenge} from '../workshop/steps.js';
import {createAnnouncer} from './announce.js';
import {type Menu, mainMenu} from './menu.js';
import type {PlainOutput, PlainPage} from './plain-output.js';

/** Announces what happens and, while nothing does, asks what to do next. */
export type PlainLoop = {
	/** Call it at each change of the session, as a run may end and give way to another before the next `go`. */
	note(): void;
	/** Announces what is new, and takes an answer if one is due. Returns whether it took one; if so, call it again. */
	go(): boolean;
	/** Offers choices from now on even without an engine. */
	stopWaiting(): void;
};

/** Intents whose notice is announced even if it repeats the one before. */
const answersWithNotice = new Set<Intent['intent']>([
	'go-on',
	'run',
	'run-line',
	'run-solution',
	'copy-log',
	'save-report',
	'toggle-builder',
]);

/** `isTerminal`: a person answers, and may leave without an answer. */
export const createPlainLoop = (
	session: OpenSession,
	{
		page,
		output,
		answers,
		isTerminal,
	}: {page: PlainPage; output: PlainOutput; answers: Answers; isTerminal: boolean},
): PlainLoop => {
	const announcer = createAnnouncer(() => session.lines, page);
	const isBusy = createBusyCheck();
	let waitsForEngine = true;
	let printed: string | null = null;
	let nextMenu: Menu | null = null;

	const ask = (state: SessionState): Menu => {
		const menu = nextMenu ?? mainMenu(state, page);
		const text = page.text(menu.lines).join('\n');
		if (printed !== text) output.print(menu.lines);
		printed = text;
		output.prompt();
		return menu;
	};
	const take = (menu: Menu, typed: string, isAhead: boolean): void => {
		output.echo(typed, isAhead);
		printed = null;
		const {intents, lines, menu: next} = menu.answer(typed);
		output.print(lines);
		nextMenu = next;
		for (const intent of intents) {
			if (answersWithNotice.has(intent.intent)) announcer.forgetNotice();
			session.send(intent);
		}
	};
	return {
		note: () => announcer.note(session.getState()),
		go() {
			const state = session.getState();
			output.print(announcer.announce(state));
			if (state.ending) return false;
			// Somebody who already types does not want to wait.
			const waits = waitsForEngine && !(isTerminal && answers.peek() !== null);
			if (isBusy(state) || (waits && state.engine.status === 'connecting')) {
				printed = null;
				nextMenu = null;
				const isCancel = state.runningStepId !== null && /^\s*c(ancel)?\s*$/i.test(answers.peek() ?? '');
				if (!isCancel) return false;
				answers.take();
				session.send({intent: 'cancel'});
				return true;
			}
			if (answers.peek() === null && answers.hasEnded()) {
				if (answers.isEmpty() && !isTerminal) throw noInputError();
				void session.shutDown();
				return false;
			}
			const isAhead = answers.peek() !== null && printed === null;
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

const noInputError = (): UserError =>
	new UserError(messages.plain.noInput.problem, {next: messages.plain.noInput.next, exitCode: 2});

/** Checks whether something is going on whose end the learner should see before the next choice. */
const createBusyCheck = (): ((state: SessionState) => boolean) => {
	// After a run, a challenge is judged again. Until then, its verdict is outdated.
	let outdated: {stepId: string; verdict: Verdict | undefined} | null = null;
	return state => {
		const {stepId, screen, engine, challenges, runningStepId, question} = state;
		if (runningStepId !== null) {
			outdated = {stepId: runningStepId, verdict: challenges[runningStepId]};
			return question === null;
		}
		const step = selectStep(state);
		const isJudged =
			screen === 'step' && engine.status === 'ready' && isChallenge(step) && selectIsBegun(state, step);
		if (question || !isJudged) return false;
		const verdict = challenges[stepId];
		const isOutdated = outdated?.stepId === stepId && outdated.verdict === verdict;
		return verdict === undefined || verdict.finding === 'waiting' || isOutdated;
	};
};

/** Lines from a person or a script, kept until they are needed. */
export type Answers = {
	/** The next line without taking it; null when there is none yet. */
	peek(): string | null;
	take(): string | null;
	/** Whether no more lines will come. */
	hasEnded(): boolean;
	/** Whether no line has ever come. */
	isEmpty(): boolean;
	close(): void;
};

/** Reads lines. `onChange`: called for each new line, and when no more will come. */
export const readAnswers = (input: NodeJS.ReadableStream, onChange: () => void): Answers => {
	const waiting: string[] = [];
	let hasEnded = false;
	let isEmpty = true;
	const reader = createInterface({input, terminal: false});
	reader.on('line', line => {
		isEmpty = false;
		waiting.push(line);
		onChange();
	});
	const end = () => {
		if (hasEnded) return;
		hasEnded = true;
		onChange();
	};
	reader.on('close', end);
	// Reading from a terminal that was closed fails: treat it as the end of the input.
	input.on('error', end);
	return {
		peek: () => waiting[0] ?? null,
		take: () => waiting.shift() ?? null,
		hasEnded: () => hasEnded,
		isEmpty: () => isEmpty,
		close: () => reader.close(),
	};
};
