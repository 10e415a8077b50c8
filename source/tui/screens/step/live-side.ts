import type {ChainLink} from '../../../checks/kinds/port-chain.js';
import {messages} from '../../../messages/index.js';
import {
	selectIsBegun,
	selectIsRecording,
	selectIsUntried,
	selectPlace,
	selectPlan,
	selectRun,
	selectStep,
} from '../../../session/select.js';
import {selectChain, selectCommandLine, selectRunLine} from '../../../session/select-wording.js';
import type {RunView, SessionState} from '../../../session/state.js';
import {imageSizeLines} from '../../../view/image-sizes.js';
import {cutLine, type Line, lineWidth, type Span, span, wrapLine} from '../../../view/line.js';
import {listedStepSpans} from '../../../view/step-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {verdictLines} from '../../../view/verdict-lines.js';
import {isChallenge, runsCommand} from '../../../workshop/steps.js';
import type {LiveSide} from '../../components/pane-layout.js';
import {outputPane} from '../../components/run-panes.js';
import type {LiveNeed, Size} from '../../text/layout.js';
import {type BuildSideOptions, buildSide, plannedSide, predictionPart} from './build-side.js';

/** What the live side of the shown step has to show. `columns`: how many it has if it is below the text. */
export const liveNeed = (state: SessionState, columns: number, symbols: Symbols): LiveNeed => {
	if (hasOutput(selectRun(state))) return 'all';
	if ((selectPlan(state)?.waiting.length ?? 0) > 0) return 'plan';
	if (isChallenge(selectStep(state))) return challengeLines(state, columns, symbols).length;
	return previewSentence(state) === null ? 'nothing' : 'words';
};

/** The live side of the shown step, laid out in `size`. */
export const liveSide = (state: SessionState, size: Size, options: BuildSideOptions): LiveSide => {
	const run = selectRun(state);
	const above = isChallenge(selectStep(state)) ? fittedChallengeLines(state, size, options) : [];
	const plan = selectPlan(state);
	if (plan && plan.waiting.length > 0 && !hasOutput(run)) return plannedSide(state, plan, size, options);
	if (!run || !hasOutput(run)) {
		return {
			above: [],
			panes: [],
			lines: above.length > 0 ? above : previewLines(state, size, options),
			below: [],
		};
	}
	const rest = {columns: size.columns, rows: size.rows - above.length - (above.length > 0 ? 1 : 0)};
	if (rest.rows < spacing.paneRows) {
		const {zoomShowsRead, zoomShowsPrinted} = messages.tui.live;
		const say = run.outcome?.ended === 'read' ? zoomShowsRead : zoomShowsPrinted;
		const note = span(say(selectRunLine(state, run) || messages.tui.run.output, 'z'), 'muted');
		return {above: [], panes: [], lines: above, below: [cutLine([note], size.columns)]};
	}
	const live = run.build
		? buildSide(state, {run, build: run.build}, rest, options)
		: outputLive(state, run, rest, options);
	return above.length > 0 ? {...live, above: [...above, [], ...live.above]} : live;
};

/** The verdict of a challenge. If the pane below it would not fit, the blank lines are left out. */
const fittedChallengeLines = (state: SessionState, size: Size, {symbols}: BuildSideOptions): Line[] => {
	const lines = challengeLines(state, size.columns, symbols);
	const fits = lines.length + 1 + spacing.paneRows <= size.rows;
	return fits || !hasOutput(selectRun(state)) ? lines : lines.filter(({length}) => length > 0);
};

/** Whether a run has anything to show. That of a step that only judges has neither a command nor output. */
const hasOutput = (run: RunView | null): boolean =>
	run !== null && (run.build !== null || run.outcome !== null || run.output.lineCount > 0 || isAtWork(run));

const isAtWork = ({phase, commandLine}: RunView): boolean => phase !== 'over' && commandLine !== '';

const outputLive = (state: SessionState, run: RunView, size: Size, options: BuildSideOptions): LiveSide => {
	const {comparison} = run;
	const prediction = run.phase === 'over' ? predictionPart(state, run, size, options) : [];
	const images = comparison ? imageSizeLines(comparison, size.columns, options.symbols) : [];
	const below = [prediction, images]
		.flatMap((lines): Line[] => (lines.length > 0 ? [[], ...lines] : []))
		.slice(0, Math.floor(size.rows / 2));
	const outcome = run.outcome;
	const trouble: Line[] =
		outcome?.ended === 'could-not-start'
			? wrapLine([span(outcome.message, 'failed')], size.columns).slice(0, 3)
			: [];
	const rest = {columns: size.columns, rows: size.rows - below.length - trouble.length};
	const command = selectRunLine(state, run);
	return {
		above: [],
		panes: [[outputPane(run, command, rest, options)]],
		lines: [],
		below: [...trouble, ...below],
	};
};

/** Before anything has run: what will appear here, and the steps of the chapter. */
const previewLines = (state: SessionState, {columns, rows}: Size, {symbols}: BuildSideOptions): Line[] => {
	const words = previewSentence(state);
	const lines: Line[] = words === null ? [] : [...wrapLine([span(words, 'muted')], columns), []];
	const overview = overviewLines(state, symbols);
	return lines.length + overview.length <= rows ? [...lines, ...overview] : lines.slice(0, rows);
};

const previewSentence = (state: SessionState): string | null => {
	const command = selectCommandLine(state);
	if (command === null || !runsCommand(selectStep(state))) return null;
	return /^docker (buildx )?build\b/.test(command)
		? messages.tui.live.stagesWillAppear
		: messages.tui.live.outputWillAppear;
};

/** The current verdict of the shown challenge, with its port chain. It is updated live. */
export const challengeLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const say = messages.tui.live;
	const isRecording = selectIsRecording(state);
	const title: Line = [span(isRecording ? say.judgedRecording : say.judged, 'strong')];
	const verdict = state.challenges[state.stepId];
	if (!selectIsBegun(state, selectStep(state))) return [title, [], [span(say.notBegun, 'muted')]];
	if (!verdict) {
		return [title, [], [span(isRecording ? say.lookingRecording : say.looking, 'muted')]];
	}
	const isPassed = state.passed[state.stepId] !== undefined && verdict.verdict !== 'passed';
	const before = span(`${symbols.verdict.passed} ${say.passedBefore} `, 'passed');
	const chain = chainLines(selectChain(verdict), columns, symbols);
	return [
		title,
		[],
		...(isPassed ? wrapLine([before, span(say.asItIsNow)], columns) : []),
		...verdictLines(verdict, columns, symbols, selectIsUntried(state, state.stepId)),
		...(chain.length > 0 ? [[], ...chain] : []),
	];
};

/** The links of the chain, as many in a line as fit. Words mark the broken one. */
const chainLines = (links: ChainLink[], columns: number, symbols: Symbols): Line[] => {
	const lines: Line[] = [];
	for (const [index, link] of links.entries()) {
		const spans = [...(index > 0 ? [span(`${symbols.leadsTo} `, 'muted')] : []), ...linkSpans(link, symbols)];
		const last = lines.at(-1);
		if (last && lineWidth(last) + 1 + lineWidth(spans) <= columns) last.push(span(' '), ...spans);
		else lines.push(...wrapLine(spans, columns));
	}
	return lines;
};

const linkSpans = ({text, state}: ChainLink, symbols: Symbols): Span[] => {
	switch (state) {
		case 'ok':
			return [span(text, 'passed')];
		case 'broken':
			return [
				span(`${symbols.status.failed} ${text}`, 'failed'),
				span(` ${messages.tui.live.brokenHere}`, 'failed'),
			];
		case 'unreached':
			return [span(text, 'muted')];
	}
};

/** The steps of the shown chapter: which are passed, where the learner is. */
const overviewLines = (state: SessionState, symbols: Symbols): Line[] => {
	const {chapter} = selectPlace(state);
	return [
		[span(chapter.title, 'strong')],
		...chapter.steps.map(step => listedStepSpans(state, step, symbols, {isChosen: step.id === state.stepId})),
	];
};
