import {
	selectCleanup,
	selectIsRecording,
	selectLacksBuilder,
	selectMainSteps,
	selectReadiness,
} from '../../../session/select.js';
import {selectSentence} from '../../../session/select-wording.js';
import type {EngineState, SessionState} from '../../../session/state.js';
import {hangingLines, type Line, sentenceSpans, span, wrapLine} from '../../../view/line.js';
import {markdownLines} from '../../../view/markdown-lines.js';
import {authoringLines} from '../../../view/step-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {verdictLines} from '../../../view/verdict-lines.js';
import {engineVersion, resumeSentence} from '../../../view/wording.js';

/** Columns of the words at the left. */
const labelColumns = 9;

/** What a learner wants to know before the first key: what, how long, by which engine, where, how to leave. */
export const welcomeLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const {workshop, labFolder, engine} = state;
	const width = Math.min(columns, spacing.textColumns);
	const row = (label: string, line: Line) =>
		hangingLines([span(label.padEnd(labelColumns), 'strong')], line, width);
	const steps = selectMainSteps(state).length;
	const introduction = markdownLines(workshop.introduction.children, {columns: width, symbols});
	return [
		[],
		[span(workshop.title, 'heading')],
		[],
		...authoringLines(state, width),
		...row('what', [
			span(
				`${steps} steps in ${workshop.chapters.length} chapters. Commands are shown first and run when you press enter.`,
			),
		]),
		...row('time', [span(`about ${workshop.minutes} minutes; what you pass is kept when you leave`)]),
		...row('engine', engineSpans(engine)),
		...(engine.status === 'missing' ? missingLines(state, engine, width) : []),
		...machineRow(state).flatMap(line => row('machine', line)),
		...row('files', [span(labFolder, 'typed')]),
		...row('leave', [span('q', 'strong'), span(` at any time${cleanupWords(state)}`)]),
		...resumeLines(state, width, symbols),
		...findingLines(state, width, symbols),
		// Last: what must be seen at 24 rows stands above it.
		...(introduction.length > 0 ? [[] as Line, ...introduction] : []),
	];
};

/** How what the workshop makes is removed again; a recording makes nothing. */
const cleanupWords = (state: SessionState): string => {
	if (selectCleanup(state)) return '; the last chapter cleans up';
	return selectIsRecording(state) ? '' : '; the last page says how to clean up';
};

const engineSpans = (engine: EngineState): Line => {
	switch (engine.status) {
		case 'connecting':
			return [span('connecting…', 'muted')];
		case 'ready': {
			const {version, endpoint, context, recorded} = engine.identity;
			return recorded
				? [span(`none: the recording of engine ${version} plays, nothing runs on this machine`)]
				: [
						span(`${engineVersion(engine.identity)} at `),
						span(endpoint, 'typed'),
						...(context === 'default' ? [] : [span(', context '), span(context, 'typed')]),
					];
		}
		case 'missing':
			return [span('not found', 'failed'), ...sentenceSpans(`: ${engine.reason}`)];
	}
};

type Missing = Extract<EngineState, {status: 'missing'}>;

const missingLines = (state: SessionState, {next, isSlow}: Missing, columns: number): Line[] =>
	[
		...(next ? [[span('next: ', 'strong'), ...sentenceSpans(selectSentence(state, next))]] : []),
		[span(isSlow ? 'r' : 'enter', 'strong'), span(' plays the recording of every step: nothing runs')],
		[span(isSlow ? 'enter' : 't', 'strong'), span(' looks for the engine again')],
	].flatMap(line => hangingLines([span(' '.repeat(labelColumns))], line, columns));

const resumeLines = (state: SessionState, columns: number, {verdict}: Symbols): Line[] => {
	const words = resumeSentence(state);
	return words === null
		? []
		: [[], ...wrapLine([span(`${verdict.passed} `, 'passed'), span(words)], columns)];
};

/** What keeps the doctor waiting; null when nothing does. In the end the docker command has passed or failed. */
const slowReason = ({findings}: SessionState): string | null =>
	findings.find(({id, verdict}) => id === 'docker-cli' && verdict === 'unknown')?.reason ?? null;

/** In short whether the machine can run it; nothing where a recording plays. */
const machineRow = (state: SessionState): Line[] => {
	if (selectIsRecording(state)) return [];
	const slow = slowReason(state);
	if (slow !== null) return [[span(`looking… ${slow}`, 'muted')]];
	switch (selectReadiness(state.findings)) {
		case 'looking':
			return [[span('looking…', 'muted')]];
		case 'ready':
			return selectLacksBuilder(state.findings)
				? [[span('ready, without Docker’s builders', 'strong'), ...pressM('tells all')]]
				: [[span('this machine is ready', 'passed')]];
		case 'not-ready':
			return [[span('something needs fixing', 'failed'), ...pressM('shows everything')]];
	}
};

const pressM = (what: string): Line => [span('; '), span('m', 'strong'), span(` ${what}`)];

/** What is wrong, with its fix; what the line of the engine says already is not said twice. */
const findingLines = (state: SessionState, columns: number, symbols: Symbols): Line[] =>
	state.findings
		.filter(({verdict}) => verdict === 'failed')
		.filter(({reason}) => state.engine.status !== 'missing' || reason !== state.engine.reason)
		.flatMap(({id, verdict, reason, next: rawNext}) => {
			const next = rawNext && selectSentence(state, rawNext);
			return [[], ...verdictLines({verdict, finding: id, reason, next, evidence: null}, columns, symbols)];
		});
