import {commands} from '../../source/commands/table.js';
import {doctorIds} from '../../source/doctor/registry.js';
import {shownFiles} from '../../source/session/features/files.js';
import {selectPlan, selectStep} from '../../source/session/select.js';
import {selectCause} from '../../source/session/select-builds.js';
import {
	selectChain,
	selectCommandLine,
	selectCommandNotes,
	selectProofLines,
} from '../../source/session/select-wording.js';
import type {RunView, SessionState} from '../../source/session/state.js';
import {programCommand} from '../../source/text/shell-commands.js';
import {listShownFiles} from '../../source/workshop/shown-files.js';

// Which words in Latin letters may stand on a screen of which nothing is said in English: what comes from elsewhere.

/** Words of two letters and more that are made of nothing but ASCII letters; parts of other words and of IDs are none. */
const asciiWords = (text: string): string[] =>
	text.normalize().match(/(?<![\p{L}\p{M}\p{N}])[A-Za-z]{2,}(?![\p{L}\p{M}\p{N}])/gu) ?? [];

/** As they are written on the keyboard. */
const keyNames = 'enter esc tab space backspace home end page up down left right ctrl alt';
const properNames = 'MB kB GB Docker BuildKit Buildah Podman UTC UTF NOTE TIP IMPORTANT WARNING CAUTION IDs';
/** Docker's own: the states of containers, and what stands for a missing name. */
const wordsOfDocker = 'created running paused restarting removing exited dead <none>';

/** Every text in a value: of names, of what was printed, of Markdown. */
const textsIn = (value: unknown): string[] => {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
};

/** What learners and authors have written, and what tools have printed. */
const textsFromElsewhere = (state: SessionState): string[] => {
	const {workshop, labFolder, engine, commandLine, challenges, stepId} = state;
	const step = selectStep(state);
	return [
		...[
			keyNames,
			properNames,
			wordsOfDocker,
			programCommand(),
			...commands.map(({name}) => name),
			...doctorIds,
		],
		...[workshop.id, labFolder, ...textsIn(workshop.contexts), ...textsIn(workshop.images)],
		...textsIn(codeIn([workshop.introduction, step])),
		...listShownFiles(step),
		...(engine.status === 'ready' ? textsIn(engine.identity) : []),
		...[selectCommandLine(state) ?? '', ...selectProofLines(state)],
		...textsIn(commandLine),
		...textsIn(shownFiles.of(state).list.map(({path}) => path)),
		...textsIn([shownFiles.of(state).file, state.question?.changed]),
		selectPlan(state)?.text ?? '',
		...Object.values(state.runs).flatMap(run =>
			run.stepId === stepId || state.screen === 'end' ? textsOfRun(run) : [],
		),
		...textsIn(challenges[stepId]?.evidence),
	];
};

/** What a run was asked to do, and what it printed. */
export const textsOfRun = ({commandLine, output, build, comparison, source}: RunView): string[] => [
	...textsIn([commandLine, output, comparison, source]),
	...(build?.names ?? []),
	...(build?.outside ?? []),
	...(build?.stages ?? []).flatMap(({name, tail, instructions}) => [
		name,
		...tail,
		...instructions.map(({text}) => text),
	]),
];

/** Code within Markdown, and addresses. */
const codeIn = (value: unknown): unknown[] => {
	if (typeof value !== 'object' || value === null) return [];
	if ('type' in value && ['code', 'inlineCode'].includes(String(value.type))) return [value];
	if ('url' in value) return [value.url, ...codeIn(Object.values(value))];
	return Object.values(value).flatMap(codeIn);
};

/** What is said by sentences that were made earlier and stand in the state. */
const toldTexts = (state: SessionState): string[] => {
	const run = state.runs[state.stepId];
	return [
		...textsIn([state.notice, state.question?.title, state.question?.lines, state.question?.choices]),
		...textsIn([state.findings, Object.values(state.challenges), state.engine]),
		...Object.values(state.runs).flatMap(one => textsIn([one.verdict, one.outcome, one.build])),
		...Object.values(state.challenges).flatMap(verdict => (verdict ? textsIn(selectChain(verdict)) : [])),
		...selectCommandNotes(state),
		...(run ? [selectCause(run) ?? ''] : []),
		...textsIn(selectPlan(state)?.waiting),
	];
};

/** The words of a text that nobody but the program can have said, in English. */
export const englishWords = (text: string, state: SessionState, more: string[] = []): string[] => {
	const names = toldTexts(state).flatMap(told => told.match(/\S*\w[-/:._]+\w\S*|`[^`]*`/g) ?? []);
	const elsewhere = new Set([...textsFromElsewhere(state), ...names, ...more].flatMap(asciiWords));
	const isPartOf = (part: string) => [...elsewhere].some(word => word.includes(part));
	const cut = new Set([...text.matchAll(/([A-Za-z]+)…|…([A-Za-z]+)/g)].map(([, a, b]) => a ?? b ?? ''));
	return [
		...new Set(asciiWords(text).filter(word => !elsewhere.has(word) && !(cut.has(word) && isPartOf(word)))),
	];
};
