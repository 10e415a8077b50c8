import path from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {parseDockerCommand} from '../../docker/command.js';
import {messages} from '../../messages/index.js';
import {type Builder, nameBuilder} from '../../stages/model.js';
import {normalizeVariableName} from '../../text/shell-commands.js';
import type {Step} from '../../workshop/model.js';
import {chosenBuilder, isChallenge} from '../../workshop/steps.js';
import {type LineEdit, openBlank, openLine, shownBlank} from '../command-line.js';
import {ensureLab} from '../lab-files.js';
import {builderForVariable} from '../plan/builder-support.js';
import {engineVariables} from '../plan/line-plan.js';
import {fillCommand, fillPlaceholders} from '../plan/run-plan.js';
import {escapes, parseShellLine, parseShellSettings} from '../plan/shell-line.js';
import type {Engine, LabFolder} from '../ports.js';
import type {SessionDependencies} from '../run-context.js';
import {selectFolder, selectIsRecording, selectStep, sessionEnvironment} from '../select.js';
import {selectCommandLine} from '../select-wording.js';
import type {SessionState} from '../state.js';
import type {StepRunner} from '../step-runner.js';
import type {Store} from '../store.js';
import {type FeatureTable, isCovered, isIdle, isOnStep} from './feature.js';

export type ShellFeature = ReturnType<typeof createShellFeature>;

/** Runs the lines typed into the command line. */
export const createShellFeature = (
	store: Store,
	parts: SessionDependencies,
	stepRunner: Pick<StepRunner, 'runShown' | 'runLine'>,
) => {
	const {getState, dispatch} = store;
	dispatch({action: 'set', values: {history: parts.history.load()}});
	const settings = createShellSettings(store, parts);

	const remember = (line: string): void => {
		const {history} = getState();
		if (history.at(-1) === line) return;
		parts.history.append(line);
		dispatch({action: 'set', values: {history: [...history, line]}});
	};
	const chooseBuilder = (builder: Builder): void => {
		const step = selectStep(getState());
		if (chosenBuilder(step) === builder) {
			stepRunner.runShown();
			return;
		}
		dispatch({action: 'set-builder', builder});
		dispatch({action: 'set', values: {shell: {...getState().shell, builder}}});
	};
	const run = (text: string): void => {
		const line = text.trim();
		const open = findOpenBlank(line, getState());
		if (open !== null) {
			const notice = messages.session.commandLine.blankOpen(open);
			dispatch({action: 'set', values: {commandLine: getState().commandLine && openLine(line), notice}});
			return;
		}
		dispatch({action: 'set', values: {commandLine: null}});
		if (line === '') return;
		remember(line);
		const setting = settings.apply(line);
		if (setting) {
			if (setting.notice !== null) dispatch({action: 'show-notice', notice: setting.notice});
			if (setting.builder) chooseBuilder(setting.builder);
		} else if (isStepCommand(line, getState())) {
			stepRunner.runShown();
		} else if (selectIsRecording(getState()) && !isSimulated(selectStep(getState()))) {
			dispatch({action: 'show-notice', notice: messages.session.commandLine.notRecorded});
		} else {
			stepRunner.runLine(line);
		}
	};
	return {
		/** Runs a line; null: the content of the command line. */
		run(line: string | null) {
			const text = line ?? getState().commandLine?.text ?? '';
			// As in a shell, a trailing escape character continues the line.
			if (line === null && continuesOnNextLine(text, getState())) dispatch({action: 'type-text', text: '\n'});
			else run(text);
		},
	};
};

/** Whether a line is the shown step's own command: as it is shown, or with its blanks filled in as its author did. */
const isStepCommand = (line: string, state: SessionState): boolean => {
	const {kind, command} = selectStep(state);
	if (kind === 'run') return line === selectCommandLine(state);
	const filled = kind === 'blank' && command !== null ? fillCommand(command, state.captured) : null;
	const {commands, isPlain} = parseShellLine(line, state.dialect);
	const [only] = commands;
	return (
		isPlain && Object.keys(only?.settings ?? {}).length === 0 && isDeepStrictEqual(only?.words, filled?.argv)
	);
};

/** Whether a recording simulates what a line would do at a step. */
const isSimulated = (step: Step): boolean => isChallenge(step) || step.kind === 'blank';

/** The first blank of a line that is still open, with the word before it; null if none is. */
const findOpenBlank = (line: string, state: SessionState): string | null => {
	if (selectStep(state).kind !== 'blank') return null;
	// In plain lines, the command can be copied as it is shown.
	const text = line.replaceAll(shownBlank, openBlank);
	const found = new RegExp(`(?:\\S+\\s+)?\\S*${openBlank}\\S*`, 'u').exec(text)?.[0];
	return found?.replaceAll(openBlank, shownBlank) ?? null;
};

const openCommandLine = ({dispatch}: Store, text: string): void =>
	dispatch({action: 'set', values: {commandLine: openLine(text), notice: null}});

const isTyping = ({commandLine}: SessionState): boolean => commandLine !== null;

/** Opens, edits and runs the command line. */
export const shellFeatures = {
	'type-command': {
		isPossible: state => isOnStep(state) && isIdle(state),
		perform: ({store}) => openCommandLine(store, ''),
	},
	/** Opens it with the shown step's command, its blanks still open, unless a placeholder still has no value. */
	'edit-command': {
		isPossible(state) {
			const {command} = selectStep(state);
			const isKnown = command !== null && fillPlaceholders(command, state.captured) !== null;
			return isOnStep(state) && isIdle(state) && isKnown;
		},
		perform: ({store}) => openCommandLine(store, selectCommandLine(store.getState(), openBlank) ?? ''),
	},
	'edit-line': {
		isPossible: isTyping,
		perform: ({store}, {edit}: {edit: LineEdit}) => store.dispatch({action: 'edit-line', edit}),
	},
	'type-text': {
		isPossible: isTyping,
		perform: ({store}, {text}: {text: string}) => store.dispatch({action: 'type-text', text}),
	},
	'complete-line': {
		isPossible: ({commandLine}) => commandLine !== null && !commandLine.isAnswer,
		perform: ({store, dependencies: {lab}, backend}) =>
			void completeLine(store, {lab, engine: backend().engine}),
	},
	'close-command-line': {
		isPossible: ({commandLine}) => commandLine?.search === null,
		perform: ({store}) => store.dispatch({action: 'set', values: {commandLine: null}}),
	},
	/** Runs a typed line; null: the content of the command line. */
	'run-line': {
		isPossible: state =>
			state.screen === 'step' && !isCovered(state) && isIdle(state) && !state.commandLine?.isAnswer,
		perform: ({shell}, {line}: {line: string | null}) => shell.run(line),
	},
} satisfies FeatureTable<{shell: ShellFeature}>;

const continuesOnNextLine = (text: string, {dialect, commandLine}: SessionState): boolean => {
	const sign = escapes[dialect];
	return commandLine?.search === null && text.endsWith(sign) && !text.endsWith(`${sign}${sign}`);
};

/** The result of a line that only changes settings. `builder`: the builder that it selects. */
type SettingResult = {notice: string | null; builder?: Builder};

/** Keeps the state that a shell keeps between lines: variables and the current folder. */
const createShellSettings = ({getState, dispatch}: Store, {environment, lab}: SessionDependencies) => {
	let folderBefore: string | null = null;
	const change = (part: Partial<SessionState['shell']>) =>
		dispatch({action: 'set', values: {shell: {...getState().shell, ...part}}});

	const setVariable = (writtenName: string, value: string | null): SettingResult => {
		const name = normalizeVariableName(writtenName);
		const {engineVariable, variableSet, variableUnset} = messages.session.commandLine;
		if (engineVariables.has(name)) return {notice: engineVariable(name)};
		if (name === 'DOCKER_BUILDKIT') return applyBuildKitVariable(value, getState());
		change({variables: {...getState().shell.variables, [name]: value}});
		return {notice: (value === null ? variableUnset : variableSet)(name)};
	};
	const changeFolder = (folder: string | null): SettingResult => {
		const problem = ensureLab(lab);
		if (problem !== null) return {notice: problem};
		const current = getState().shell.folder ?? lab.path;
		const next = folder === '-' ? (folderBefore ?? current) : path.resolve(current, folder ?? lab.path);
		const {noFolder, inLabFolder, inFolder} = messages.session.commandLine;
		if (lab.list(next) === null) return {notice: noFolder(next)};
		folderBefore = current;
		change({folder: next === lab.path ? null : next});
		return {notice: next === lab.path ? inLabFolder : inFolder(selectFolder(getState()))};
	};
	return {
		/** Applies a line that only changes settings; returns null for any other line. */
		apply(line: string): SettingResult | null {
			const {dialect, shell} = getState();
			const settings = parseShellSettings(line, dialect, sessionEnvironment(environment, shell));
			if (!settings) return null;
			const results = settings.map(setting =>
				setting.setting === 'variable'
					? setVariable(setting.name, setting.value)
					: changeFolder(setting.folder),
			);
			const builder = results.findLast(result => result.builder)?.builder;
			return {
				notice: results.find(({notice}) => notice !== null)?.notice ?? null,
				...(builder && {builder}),
			};
		},
	};
};

const applyBuildKitVariable = (value: string | null, state: SessionState): SettingResult => {
	const cli = state.engine.status === 'ready' ? state.engine.identity.cli : null;
	const say = messages.session.commandLine.buildKitVariable;
	if (cli?.podman !== undefined) return {notice: say.podman};
	if (value === null && cli === null) return {notice: null};
	const builder = builderForVariable(value, cli);
	const {builder: fixed} = selectStep(state);
	const name = nameBuilder(builder);
	if (fixed === null || fixed === builder)
		return {notice: value === null ? say.unset(name) : say.set(value, name), builder};
	const ofStep = nameBuilder(fixed);
	return {
		notice: value === null ? say.unsetButForStep(name, ofStep) : say.setButForStep(value, name, ofStep),
		builder,
	};
};

/** The kinds of completions of a word. */
type CompletionKind = 'program' | 'verb' | 'image' | 'container' | 'file';

const knownPrograms = 'docker curl cat cd cp export less ls mkdir mv rm unset'.split(' ');
const dockerVerbs = [
	...['attach', 'build', 'container', 'cp', 'exec', 'history', 'image', 'images', 'info', 'inspect', 'kill'],
	...['load', 'logs', 'port', 'ps', 'pull', 'rename', 'restart', 'rm', 'rmi', 'run', 'save', 'start', 'stop'],
	...['tag', 'top', 'version'],
];
const imageVerbs = /^(?:run|create|tag|history|save|push|pull|image (?:rm|inspect|ls))$/;
const containerVerbs =
	/^(?:rm|start|stop|restart|kill|logs|port|exec|attach|top|rename|pause|unpause|wait|stats|container inspect)$/;

/**
 * Completes the word before the cursor as far as it is unambiguous, else offers its completions. Never rejects: an
 * engine that does not answer adds no names.
 */
const completeLine = async (
	{getState, dispatch}: Store,
	options: {lab: LabFolder; engine: Engine},
): Promise<void> => {
	const {commandLine} = getState();
	if (!commandLine) return;
	const typed = [...commandLine.text].slice(0, commandLine.cursor).join('');
	const word = /[^\s"'=|&;<>]*$/.exec(typed)?.[0] ?? '';
	const found = await findCompletions(typed.slice(0, typed.length - word.length), word, getState(), options);
	// The learner has typed in the meantime.
	if (getState().commandLine !== commandLine) return;
	const common = commonPrefix(found);
	const [only, ...others] = found;
	if (only !== undefined && others.length === 0) {
		const end = only.endsWith('/') ? '' : ' ';
		dispatch({action: 'type-text', text: `${only.slice(word.length)}${end}`});
	} else if (common.length > word.length) {
		dispatch({action: 'type-text', text: common.slice(word.length)});
	} else {
		const offers = found.map(name => path.posix.basename(name) + (name.endsWith('/') ? '/' : ''));
		dispatch({action: 'set', values: {commandLine: {...commandLine, offers}}});
	}
};

/** All completions that begin with the word, sorted. */
const findCompletions = async (
	before: string,
	word: string,
	state: SessionState,
	options: {lab: LabFolder; engine: Engine},
): Promise<string[]> => {
	const found: string[] = [];
	for (const kind of completionKinds(before, word, state))
		found.push(...(await listCandidates(kind, word, state, options)));
	return [...new Set(found)].filter(candidate => candidate.startsWith(word)).sort();
};

const completionKinds = (before: string, word: string, {dialect}: SessionState): CompletionKind[] => {
	const isFirst = /(?:^|[|&;(]|\n)\s*$/.test(before);
	if (isFirst) return /[./~]/.test(word) ? ['file'] : ['program'];
	if (/[./~]/.test(word[0] ?? '')) return ['file'];
	const command = parseShellLine(before, dialect).commands.at(-1);
	const docker = command && parseDockerCommand(command.words);
	if (!docker) return ['file'];
	if (docker.verb === '') return ['verb'];
	if (docker.verb === 'inspect') return ['image', 'container'];
	if (imageVerbs.test(docker.verb)) return docker.verb === 'run' ? ['image', 'file'] : ['image'];
	return containerVerbs.test(docker.verb) ? ['container'] : ['file'];
};

const listCandidates = (
	kind: CompletionKind,
	word: string,
	{shell}: SessionState,
	{lab, engine}: {lab: LabFolder; engine: Engine},
): string[] | Promise<string[]> => {
	const byKind: Record<CompletionKind, () => string[] | Promise<string[]>> = {
		program: () => knownPrograms,
		verb: () => dockerVerbs,
		image: () =>
			engine.images().then(
				({names}) => Object.keys(names).map(name => name.replace(/:latest$/, '')),
				() => [],
			),
		async container() {
			const facts = await engine.facts({probePorts: false, stepId: null});
			return facts.flatMap(fact => (fact.fact === 'container' ? [fact.name] : []));
		},
		file() {
			ensureLab(lab);
			const folder = word.slice(0, word.lastIndexOf('/') + 1);
			const names = lab.list(path.resolve(shell.folder ?? lab.path, folder)) ?? [];
			const isHidden = word.slice(folder.length).startsWith('.');
			return names.filter(name => isHidden || !name.startsWith('.')).map(name => `${folder}${name}`);
		},
	};
	return byKind[kind]();
};

const commonPrefix = ([first = '', ...others]: string[]): string => {
	let length = first.length;
	for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
	return first.slice(0, length);
};
