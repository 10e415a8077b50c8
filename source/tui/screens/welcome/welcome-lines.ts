import {messages} from '../../../messages/index.js';
import {
	selectCleanup,
	selectIsRecording,
	selectLacksBuilder,
	selectMainSteps,
	selectReadiness,
} from '../../../session/select.js';
import {selectSentence} from '../../../session/select-wording.js';
import type {EngineState, SessionState} from '../../../session/state.js';
import {padToWidth, widthOf} from '../../../text/width.js';
import {hangingLines, keySpans, type Line, sentenceSpans, span, wrapLine} from '../../../view/line.js';
import {markdownLines} from '../../../view/markdown-lines.js';
import {authoringLines} from '../../../view/step-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {nextLabel, verdictLines} from '../../../view/verdict-lines.js';
import {engineVersion, resumeSentence} from '../../../view/wording.js';

/** Columns for the labels. */
const labelColumns = (): number => 2 + Math.max(...Object.values(messages.tui.welcome.labels).map(widthOf));

/**
 * What a learner wants to know before the first key: what this is, how long it takes, which engine it uses, where the
 * files are, and how to leave.
 */
export const welcomeLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const {workshop, labFolder, engine} = state;
	const say = messages.tui.welcome;
	const width = Math.min(columns, spacing.textColumns);
	const row = (label: keyof typeof say.labels, line: Line) =>
		hangingLines([span(padToWidth(say.labels[label], labelColumns()), 'strong')], line, width);
	const steps = selectMainSteps(state).length;
	const introduction = markdownLines(workshop.introduction.children, {columns: width, symbols});
	return [
		[],
		[span(workshop.title, 'heading')],
		[],
		...authoringLines(state, width),
		...row('what', [span(say.what(steps, workshop.chapters.length))]),
		...row('time', [span(say.time(workshop.minutes))]),
		...row('engine', engineSpans(engine)),
		...(engine.status === 'missing' ? missingLines(state, engine, width) : []),
		...machineRow(state).flatMap(line => row('machine', line)),
		...row('files', [span(labFolder, 'typed')]),
		...row('leave', keySpans(leaveSentence(state))),
		...resumeLines(state, width, symbols),
		...findingLines(state, width, symbols),
		// Last, so that what matters most is in sight even with 24 rows.
		...(introduction.length > 0 ? [[] as Line, ...introduction] : []),
	];
};

/** How to leave, and how to remove what the workshop made. A recording makes nothing. */
const leaveSentence = (state: SessionState): string => {
	const {leave, leaveCleanupChapter, leaveCleanupPage} = messages.tui.welcome;
	if (selectCleanup(state)) return leaveCleanupChapter;
	return selectIsRecording(state) ? leave : leaveCleanupPage;
};

const engineSpans = (engine: EngineState): Line => {
	const say = messages.tui.welcome;
	switch (engine.status) {
		case 'connecting':
			return [span(messages.tui.header.connecting, 'muted')];
		case 'ready': {
			const {version, endpoint, context, recorded} = engine.identity;
			if (recorded) return [span(say.recording(version))];
			const named = engineVersion(engine.identity);
			return sentenceSpans(
				context === 'default' ? say.engineAt(named, endpoint) : say.engineByContext(named, endpoint, context),
			);
		}
		case 'missing':
			return [span(say.notFound, 'failed'), ...sentenceSpans(` ${engine.reason}`)];
	}
};

type Missing = Extract<EngineState, {status: 'missing'}>;

const missingLines = (state: SessionState, {next, isSlow}: Missing, columns: number): Line[] =>
	[
		...(next ? [[nextLabel(), ...sentenceSpans(selectSentence(state, next))]] : []),
		keySpans(messages.tui.welcome.playRecording(isSlow ? 'r' : 'enter')),
		keySpans(messages.tui.welcome.lookAgain(isSlow ? 'enter' : 't')),
	].flatMap(line => hangingLines([span(' '.repeat(labelColumns()))], line, columns));

const resumeLines = (state: SessionState, columns: number, {verdict}: Symbols): Line[] => {
	const words = resumeSentence(state);
	return words === null
		? []
		: [[], ...wrapLine([span(`${verdict.passed} `, 'passed'), span(words)], columns)];
};

/**
 * Why the doctor still waits for the docker command; null if it doesn't. Only while it waits is that finding unknown.
 */
const slowReason = ({findings}: SessionState): string | null =>
	findings.find(({id, verdict}) => id === 'docker-cli' && verdict === 'unknown')?.reason ?? null;

/** Whether this machine can run the workshop, in short; empty if a recording plays. */
const machineRow = (state: SessionState): Line[] => {
	if (selectIsRecording(state)) return [];
	const say = messages.tui.welcome;
	const keyTellsAll = [span('; '), ...keySpans(say.keyTellsAll('m'))];
	const slow = slowReason(state);
	if (slow !== null) return [[span(say.lookingSlowly(slow), 'muted')]];
	switch (selectReadiness(state.findings)) {
		case 'looking':
			return [[span(say.looking, 'muted')]];
		case 'ready':
			return selectLacksBuilder(state.findings)
				? [[span(say.withoutBuilders, 'strong'), ...keyTellsAll]]
				: [[span(say.ready, 'passed')]];
		case 'not-ready':
			return [[span(say.notReady, 'failed'), ...keyTellsAll]];
	}
};

/** What is wrong, with its fix. What the line about the engine says already is not repeated. */
const findingLines = (state: SessionState, columns: number, symbols: Symbols): Line[] =>
	state.findings
		.filter(({verdict}) => verdict === 'failed')
		.filter(({reason}) => state.engine.status !== 'missing' || reason !== state.engine.reason)
		.flatMap(({id, verdict, reason, next: rawNext}) => {
			const next = rawNext && selectSentence(state, rawNext);
			return [[], ...verdictLines({verdict, finding: id, reason, next, evidence: null}, columns, symbols)];
		});
