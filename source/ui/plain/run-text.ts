import type {Verdict} from '../../checks/model.js';
import {selectCause} from '../../session/select/select-cause.js';
import {selectTimelines} from '../../session/select/select-timelines.js';
import {selectChain} from '../../session/select/select-wording.js';
import type {RunView, SessionState} from '../../session/state.js';
import {comparisonLines} from '../graph/comparison-lines.js';
import {comparedSentence} from '../graph/timelines-lines.js';
import {mostPredicted} from '../keys/predict-bindings.js';
import {predictionLines} from '../pages/prediction-lines.js';
import {verdictLines} from '../pages/verdict-lines.js';
import {failureLines} from '../panes/failure-lines.js';
import {type Line, span} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import type {PlainPage} from './plain-page.js';

/** What a run that is over means: why it failed, what is worth to know, what was predicted, its verdict. */
export const runText = (state: SessionState, run: RunView, page: PlainPage): Line[] => {
	const {columns, symbols} = page;
	const {build, comparison, verdict, stepId} = run;
	const cause = selectCause(run);
	const predicted = state.predictions[stepId] ?? [];
	const timelines = build && !build.failure ? selectTimelines(state) : null;
	const isChallenge = state.workshop.chapters
		.flatMap(({steps}) => steps)
		.some(({id, kind}) => id === stepId && kind === 'challenge');
	return [
		...(build ? failureLines(build, cause, columns, symbols, Number.POSITIVE_INFINITY) : []),
		...(build?.notes ?? []).flatMap(note => wrapLine([span(note)], columns)),
		...(build && predicted.length > 0
			? predictionLines(predicted, build.stages.slice(0, mostPredicted), columns, {symbols, isBrief: true})
			: []),
		...(timelines?.compared
			? wrapLine(comparedSentence(timelines.compared, timelines.own.runId), columns)
			: []),
		...(comparison ? comparisonLines(comparison, columns, symbols) : []),
		// A challenge is judged by what is there, run or not.
		...(verdict && !isChallenge
			? verdictLines(cause ? {...verdict, next: null} : verdict, columns, symbols)
			: []),
	];
};

/** Today's verdict of a challenge, with the way from the host to whoami. */
export const challengeText = (
	verdict: Verdict,
	isUntried: boolean,
	{columns, symbols}: PlainPage,
): Line[] => {
	const links = selectChain(verdict).map(({text, state}) =>
		state === 'ok' ? text : `${text} (${state === 'broken' ? 'broken here' : 'not reached'})`,
	);
	return [
		...verdictLines(verdict, columns, symbols, isUntried),
		...(links.length > 0 ? wrapLine([span(`The chain: ${links.join(' -> ')}`)], columns) : []),
	];
};
