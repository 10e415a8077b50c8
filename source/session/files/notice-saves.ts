import type {Asker} from '../create-asker.js';
import {seePlan} from '../perform/see-plan.js';
import {selectIsRecording, selectStep, selectSteps} from '../select/select.js';
import type {Question, SessionState} from '../state.js';
import type {Store} from '../store.js';
import type {SessionParts} from '../world.js';
import {buildOfFile, type FileBuild} from './build-of-file.js';
import {compareTexts} from './compare-texts.js';
import type {ChangedLine} from './model.js';

export type Saves = {
	/** Notices from now on what is saved in the lab folder, as soon as there is one. */
	follow(): void;
	/** Looks whether a file is another than before, shows what changed, and offers to build it. */
	notice(file: string): void;
};

type Means = {
	asker: Asker;
	runShown(): void;
	runLine(line: string): void;
	/** Called when something has changed. */
	onChange(file: string): void;
	signal: AbortSignal;
};

/** What becomes of a file that is saved, wherever the learner edits it. */
export const createSaves = (store: Store, {lab}: SessionParts, means: Means): Saves => {
	const {getState, dispatch} = store;
	/** The text of each file as it was last seen. */
	const known = new Map<string, string | null>();
	let isFollowing = false;

	const offer = async (changed: ChangedLine[], title: string, build: FileBuild): Promise<void> => {
		if ((await means.asker.ask(saveQuestion(title, changed, build))) !== 'yes') return;
		if (build.isShownStep) means.runShown();
		else means.runLine(build.line);
	};
	const notice = (file: string): void => {
		const text = lab.read(file);
		const before = known.get(file) ?? null;
		if (text === before || means.signal.aborted || isBeingProven(getState())) return;
		known.set(file, text);
		seePlan(store, lab);
		means.onChange(file);
		// A file as the workshop has it was not written by the learner: it was restored, or its author has renewed it.
		const isRestored = text === lab.readShipped(file);
		const changed = text === null ? [] : compareTexts(before ?? '', text);
		const build = buildOfFile(file, {isShipped: lab.readShipped(file) !== null, state: getState()});
		if (changed.length === 0 || !build) return;
		const title = `${describe(file, changed)}.`;
		if (!isRestored && mayAsk(getState())) void offer(changed, title, build);
		else dispatch({action: 'show-notice', notice: `${title}${whileRunning(getState())}`});
	};
	return {
		notice,
		follow() {
			if (isFollowing || lab.list('') === null) return;
			isFollowing = true;
			for (const file of lab.listAll()) known.set(file, lab.read(file));
			lab.watch(() => {
				// What was removed is not listed any more.
				for (const file of new Set([...known.keys(), ...lab.listAll()])) notice(file);
			}, means.signal);
		},
	};
};

/** Some steps and proofs put a line into a file for a while: nobody has saved that. */
const isBeingProven = (state: SessionState): boolean =>
	selectSteps(state).some(
		({id, edit, judge}) =>
			id === state.runningStepId && (edit !== null || judge.some(proof => proof.edit !== null)),
	);

/** A question must not come between the learner and a command that runs or is being typed. */
const mayAsk = (state: SessionState): boolean =>
	state.screen === 'step' &&
	// A challenge has builds of its own.
	selectStep(state).kind !== 'challenge' &&
	state.runningStepId === null &&
	!state.commandLine &&
	state.engine.status === 'ready' &&
	!selectIsRecording(state);

/** A build takes its files when it begins. */
const whileRunning = ({runningStepId}: SessionState): string =>
	runningStepId === null ? '' : ' What runs now may not have it: `a` runs it again.';

const describe = (file: string, changed: ChangedLine[]): string => {
	const count = (sign: ChangedLine['sign'], what: string) => {
		const number = changed.filter(line => line.sign === sign).length;
		return number === 0 ? [] : [`${number} ${number === 1 ? 'line' : 'lines'} ${what}`];
	};
	return `${file} was saved: ${[...count('-', 'taken out'), ...count('+', 'put in')].join(', ')}`;
};

const saveQuestion = (title: string, changed: ChangedLine[], {line}: FileBuild): Question => ({
	title,
	lines: [],
	changed,
	choices: [
		{key: 'y', label: `build it: ${line}`, answer: 'yes'},
		{key: 'n', label: 'not now', answer: 'no'},
	],
});
