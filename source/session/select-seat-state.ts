import type {SeatState, StepReport} from '../classroom/protocol.js';
import type {Step} from '../workshop/model.js';
import {selectEfforts} from './efforts.js';
import type {SeatFacts} from './ports.js';
import {selectIsUntried, selectSteps} from './select.js';
import {classView} from './select-class.js';
import type {SessionState} from './state.js';

/**
 * All that a class is told of a session: IDs, verdicts, counts and times, nothing that was typed, printed or is in a
 * file. `hash`: of the workshop's folder. `at`: now, in milliseconds on the clock of `shownSince`. `handedIn`: whether
 * the learner has handed in.
 */
export const selectSeatState = (
	state: SessionState,
	{hash, at, handedIn}: SeatFacts & {at: number},
): SeatState => {
	const efforts = selectEfforts(state, at);
	const isKnown = ({id}: Step) => efforts[id] !== undefined || state.passed[id] !== undefined;
	return {
		workshop: {id: state.workshop.id, hash},
		mode: state.replay === null ? 'real' : 'recorded',
		step: state.screen === 'step' ? state.stepId : null,
		steps: selectSteps(state)
			.filter(isKnown)
			.map(({id}): StepReport => {
				const {seconds = 0, attempts = 0, prediction = null} = efforts[id] ?? {};
				return {
					step: id,
					...selectResult(state, id),
					seconds: Math.round(seconds),
					attempts,
					hints: (state.hints[id] ?? 0) + (state.hintsFor[id]?.length ?? 0),
					prediction,
				};
			}),
		ready: state.findings.map(({id, verdict}) => ({id, verdict})),
		hand: classView.of(state)?.isHandUp ?? false,
		handedIn,
	};
};

/** A pass stays. The start state of a challenge is no result. */
const selectResult = (state: SessionState, stepId: string): Pick<StepReport, 'verdict' | 'finding'> => {
	const passed = state.passed[stepId];
	if (passed?.finding === 'not-answered') return {verdict: null, finding: null};
	if (passed) return {verdict: 'passed', finding: null};
	const latest = state.challenges[stepId] ?? state.runs[stepId]?.verdict ?? null;
	if (latest === null || selectIsUntried(state, stepId)) return {verdict: null, finding: null};
	return {verdict: latest.verdict, finding: latest.verdict === 'passed' ? null : latest.finding};
};
