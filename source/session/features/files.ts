import path from 'node:path';
import {diffLines} from 'diff';
import {messages} from '../../messages/index.js';
import {isChallenge} from '../../workshop/steps.js';
import {ensureLab, type FileBuild, findBuildForFile} from '../lab-files.js';
import type {Prompt} from '../prompt.js';
import type {CurrentBackend, SessionDependencies} from '../run-context.js';
import {selectIsRecording, selectPlan, selectStep, selectSteps, sessionEnvironment} from '../select.js';
import {defineSlice} from '../slice.js';
import {type ChangedLine, createRunId, type SessionState, yesOrNo} from '../state.js';
import {refreshPlan, type StepRunner} from '../step-runner.js';
import type {Store} from '../store.js';
import {type FeatureTable, isIdle, isOnStep} from './feature.js';

/** A file of the lab folder. `ours`: as shipped; `changed`: shipped and changed; `own`: the learner's. */
export type LabEntry = {path: string; state: 'ours' | 'changed' | 'own'};

/** A shown file. `text`: null if it can't be read or is not text. */
export type ShownFile = {path: string; text: string | null};

/** The files of the lab folder when it was last read, and the one that is shown. */
export const shownFiles = defineSlice<{list: LabEntry[]; file: ShownFile | null}>('files', {
	list: [],
	file: null,
});

export type FilesFeature = ReturnType<typeof createFilesFeature>;

/** Lists, shows and watches the files of the lab folder, and opens them in the learner's editor. */
export const createFilesFeature = (
	store: Store,
	parts: SessionDependencies,
	options: {backend: CurrentBackend; prompt: Prompt} & Pick<StepRunner, 'runShown' | 'runLine'>,
) => {
	const {getState, dispatch} = store;
	const {lab} = parts;
	const abort = new AbortController();
	const {signal} = abort;

	const entries = (): LabEntry[] =>
		lab.listAll().map(file => {
			const shipped = lab.readShipped(file);
			return {path: file, state: shipped === null ? 'own' : shipped === lab.read(file) ? 'ours' : 'changed'};
		});
	/** `file`: relative to the lab folder. */
	const show = (file: string | undefined) =>
		dispatch(
			shownFiles.set({
				list: entries(),
				file: file === undefined ? null : {path: file, text: lab.read(file)},
			}),
		);
	const saves = createSaveWatcher(store, parts, {
		...options,
		signal,
		onChange(file) {
			const state = getState();
			if (state.overlay === 'files') show(shownFiles.of(state).file?.path ?? file);
		},
	});
	const edit = async (file: string): Promise<void> => {
		const problem = await openInEditor(file, getState(), {parts, backend: options.backend, signal});
		if (problem !== null) dispatch({action: 'show-notice', notice: problem});
		saves.notice(file);
	};
	return {
		/** Opens the overlay, with the shown step's Dockerfile selected if it has one. */
		open() {
			const problem = ensureLab(lab);
			if (problem !== null) return dispatch({action: 'show-notice', notice: problem});
			saves.follow();
			const files = lab.listAll();
			const dockerfile = selectPlan(getState())?.dockerfile;
			show(files.find(file => file === dockerfile) ?? files[0]);
			dispatch({action: 'set', values: {overlay: 'files'}});
		},
		show,
		edit,
		/** Starts to watch the lab folder if it exists and is not watched yet. */
		follow: saves.follow,
		/** Takes the files as they are now for known: the program has changed them, not the learner. */
		learn: saves.learn,
		/** Closes an open editor and stops watching. */
		stop: () => abort.abort(),
	};
};

const isFileShown = (state: SessionState): boolean => state.overlay === 'files' && isIdle(state);

export const filesFeatures = {
	/** Shows the files of the lab folder in an overlay. */
	'show-files': {
		isPossible: state => isOnStep(state) && isIdle(state),
		perform: ({files}) => files.open(),
	},
	/** `path`: relative to the lab folder. */
	'show-file': {
		isPossible: isFileShown,
		perform: ({files}, details: {path: string}) => files.show(details.path),
	},
	'edit-file': {
		isPossible: isFileShown,
		perform: ({files}, details: {path: string}) => void files.edit(details.path),
	},
} satisfies FeatureTable<{files: FilesFeature}>;

type SaveWatcherOptions = {
	prompt: Prompt;
	onChange(file: string): void;
	signal: AbortSignal;
} & Pick<StepRunner, 'runShown' | 'runLine'>;

/** Reacts to saved files, whichever editor the learner uses. */
export const createSaveWatcher = (store: Store, {lab}: SessionDependencies, options: SaveWatcherOptions) => {
	const {getState, dispatch} = store;
	/** The last text of each file. */
	const knownTexts = new Map<string, string | null>();
	let isFollowing = false;

	const offer = async (changed: ChangedLine[], title: string, build: FileBuild): Promise<void> => {
		const {build: buildIt, notNow} = messages.session.files;
		const choices = yesOrNo(buildIt(build.line), notNow);
		if ((await options.prompt.ask({title, lines: [], changed, choices})) !== 'yes') return;
		if (build.isShownStep) options.runShown();
		else options.runLine(build.line);
	};
	/** If a file has changed, shows the difference and offers to build it. */
	const notice = (file: string): void => {
		const text = lab.read(file);
		const before = knownTexts.get(file) ?? null;
		if (text === before || options.signal.aborted || isEditedByStep(getState())) return;
		knownTexts.set(file, text);
		refreshPlan(store, lab);
		options.onChange(file);
		// A file that equals the shipped one was restored, or updated by the workshop's author, and not edited by the
		// learner.
		const isRestored = text === lab.readShipped(file);
		const changed = text === null ? [] : diffTexts(before ?? '', text);
		const build = findBuildForFile(file, {isShipped: lab.readShipped(file) !== null, state: getState()});
		if (changed.length === 0 || !build) return;
		const count = (sign: ChangedLine['sign']) => changed.filter(line => line.sign === sign).length;
		const title = messages.session.files.saved(file, count('-'), count('+'));
		if (!isRestored && canOfferBuild(getState())) void offer(changed, title, build);
		else {
			// A running build has already read its files.
			const isLate = getState().runningStepId !== null;
			const text = isLate ? `${title} ${messages.session.files.savedTooLate}` : title;
			dispatch({action: 'show-notice', notice: text});
			if (isLate) withdrawAfterRun(store, text);
		}
	};
	const learn = (): void => {
		for (const file of lab.listAll()) knownTexts.set(file, lab.read(file));
	};
	return {
		notice,
		learn,
		/** Starts to watch the lab folder if it exists and is not watched yet. */
		follow() {
			if (isFollowing || lab.list('') === null) return;
			isFollowing = true;
			learn();
			// What was saved before a command begins is what it reads, even if that is noticed later.
			options.signal.addEventListener('abort', onRunBegins(store, learn));
			lab.watch(() => {
				// Removed files are no longer listed.
				for (const file of new Set([...knownTexts.keys(), ...lab.listAll()])) notice(file);
			}, options.signal);
		},
	};
};

/** Calls back whenever a command begins. Returns a function that stops it. */
const onRunBegins = ({getState, subscribe}: Store, callBack: () => void): (() => void) => {
	let before = getState().runningStepId;
	return subscribe(() => {
		const {runningStepId} = getState();
		if (runningStepId === before) return;
		before = runningStepId;
		if (runningStepId !== null) callBack();
	});
};

/** Takes a notice about the running command back once that has ended. */
const withdrawAfterRun = ({getState, dispatch, subscribe}: Store, said: string): void => {
	const stop = subscribe(() => {
		const {runningStepId, notice} = getState();
		if (runningStepId !== null && notice === said) return;
		stop();
		if (notice === said) dispatch({action: 'show-notice', notice: null});
	});
};

/** Whether the running step or its proofs temporarily edit a file, so that the learner did not save it. */
const isEditedByStep = (state: SessionState): boolean =>
	selectSteps(state).some(
		({id, edit, judge}) =>
			id === state.runningStepId && (edit !== null || judge.some(proof => proof.edit !== null)),
	);

/** Whether a question would not interrupt a running command or a line being typed. */
const canOfferBuild = (state: SessionState): boolean =>
	state.screen === 'step' &&
	// Challenges run their own builds.
	!isChallenge(selectStep(state)) &&
	state.runningStepId === null &&
	!state.commandLine &&
	state.engine.status === 'ready' &&
	!selectIsRecording(state);

/** Returns the lines that differ between two versions of a file, in order. */
export const diffTexts = (before: string, after: string): ChangedLine[] => {
	const next = {'-': 1, '+': 1};
	return diffLines(before, after, {stripTrailingCr: true}).flatMap(
		({value, added, removed}): ChangedLine[] => {
			const rows = value.replace(/\n$/, '').split('\n');
			if (!added && !removed) {
				next['-'] += rows.length;
				next['+'] += rows.length;
				return [];
			}
			const sign = added ? '+' : '-';
			return rows.map(text => ({sign, line: next[sign]++, text}));
		},
	);
};

/**
 * Opens a file of the lab folder in the learner's editor on the terminal. Resolves when the editor exits: with one
 * sentence if it could not be started, else null.
 */
const openInEditor = async (
	file: string,
	state: SessionState,
	{parts, backend, signal}: {parts: SessionDependencies; backend: CurrentBackend; signal: AbortSignal},
): Promise<string | null> => {
	const {lab, handover} = parts;
	const env = sessionEnvironment(parts.environment, state.shell);
	const editor = parts.findEditor(env);
	if (!editor) return messages.session.files.noEditor;
	const runId = createRunId(selectStep(state).id);
	const request = {
		runId,
		stepId: null,
		argv: [...editor, path.join(lab.path, file)],
		onTerminal: true,
		cwd: lab.path,
		env,
		builder: null,
		format: null,
	};
	const use = () =>
		new Promise<string | null>(resolve => {
			backend().runner.start(
				request,
				event => {
					if (event.type !== 'ended') return;
					resolve(event.outcome.ended === 'could-not-start' ? event.outcome.message : null);
				},
				signal,
			);
		});
	return handover.handOver({heading: null, waits: false, signal}, use);
};
