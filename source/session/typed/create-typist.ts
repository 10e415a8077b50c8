import type {Builder} from '../../build/model.js';
import {builderOf} from '../perform/perform-step.js';
import {selectIsRecording, selectStep} from '../select/select.js';
import {selectCommandLine} from '../select/select-wording.js';
import type {Intent, SessionState} from '../state.js';
import type {Store} from '../store.js';
import type {CurrentWorld, SessionParts} from '../world.js';
import {completeLine} from './complete-line.js';
import {createShell} from './create-shell.js';
import {escapes} from './read-line.js';

type Handlers = {
	[Name in Extract<
		Intent['intent'],
		| 'type-command'
		| 'edit-command'
		| 'edit-line'
		| 'type-text'
		| 'complete-line'
		| 'close-command-line'
		| 'run-line'
	>]: (intent: Extract<Intent, {intent: Name}>) => void;
};

/** What of the session runs commands. */
type Means = {
	/** Runs the command of the shown step, unchanged. */
	runShown(): void;
	runLine(line: string): void;
	world: CurrentWorld;
};

/** The command line: editing it, and doing what was typed into it. */
export const createTypist = (store: Store, parts: SessionParts, means: Means): Handlers => {
	const {getState, dispatch} = store;
	dispatch({action: 'remember-lines', lines: parts.history.load()});
	const shell = createShell(store, parts);

	const remember = (line: string): void => {
		const {history} = getState();
		if (history.at(-1) === line) return;
		parts.history.append(line);
		dispatch({action: 'remember-lines', lines: [...history, line]});
	};
	const chooseBuilder = (builder: Builder): void => {
		const step = selectStep(getState());
		if (builderOf(step) === builder) {
			means.runShown();
			return;
		}
		dispatch({action: 'set-builder', builder});
		dispatch({action: 'set-shell', shell: {...getState().shell, builder}});
	};
	const run = (given: string): void => {
		const line = given.trim();
		dispatch({action: 'close-command-line'});
		if (line === '') return;
		remember(line);
		const taken = shell.take(line);
		if (taken) {
			if (taken.notice !== null) dispatch({action: 'show-notice', notice: taken.notice});
			if (taken.builder) chooseBuilder(taken.builder);
		} else if (selectStep(getState()).kind === 'run' && line === selectCommandLine(getState())) {
			means.runShown();
		} else if (selectIsRecording(getState()) && selectStep(getState()).kind !== 'challenge') {
			dispatch({action: 'show-notice', notice: notRecorded});
		} else {
			means.runLine(line);
		}
	};
	return {
		'type-command': () => dispatch({action: 'open-command-line', text: ''}),
		'edit-command': () => dispatch({action: 'open-command-line', text: selectCommandLine(getState()) ?? ''}),
		'edit-line': ({edit}) => dispatch({action: 'edit-line', edit}),
		'type-text': ({text}) => dispatch({action: 'type-text', text}),
		'complete-line': () => void completeLine(store, {lab: parts.lab, engine: means.world().engine}),
		'close-command-line': () => dispatch({action: 'close-command-line'}),
		'run-line': ({line}) => {
			const text = line ?? getState().commandLine?.text ?? '';
			// As in a shell: a line that says that it goes on is not run yet.
			if (line === null && goesOn(text, getState())) dispatch({action: 'type-text', text: '\n'});
			else run(text);
		},
	};
};

const goesOn = (text: string, {dialect, commandLine}: SessionState): boolean => {
	const sign = escapes[dialect];
	return commandLine?.search === null && text.endsWith(sign) && !text.endsWith(`${sign}${sign}`);
};

const notRecorded = 'Nothing is recorded for this command.';
