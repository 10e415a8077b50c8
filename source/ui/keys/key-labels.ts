import {
	selectIsRecording,
	selectNeighbour,
	selectPrimaryIntent,
	selectRun,
	selectStep,
} from '../../session/select/select.js';
import {selectNextHelp} from '../../session/select/select-hints.js';
import type {SessionState} from '../../session/state.js';

/** What enter does now, in a word or two. */
export const primaryLabel = (state: SessionState): string => {
	const intent = selectPrimaryIntent(state)?.intent;
	if (intent === 'use-recording') return 'play the recording';
	if (intent === 'try-engine-again') return 'try again';
	if (state.screen === 'welcome') return 'start';
	if (intent === 'next-step') return selectNeighbour(state, 1) ? 'next step' : 'finish';
	if (intent === 'quit') return 'leave';
	if (intent === 'go-to-step') return 'the step before it';
	const {kind} = selectStep(state);
	if (kind === 'read') return 'done reading';
	if (kind === 'builder') return 'switch';
	if (kind === 'challenge') return 'have it judged';
	const verb = selectIsRecording(state) ? 'play' : 'run';
	const run = selectRun(state);
	return run && !run.isTyped ? `${verb} again` : verb;
};

/** Where enter goes on, a command can be run once more. */
export const canRunAgain = (state: SessionState): boolean => {
	const {kind} = selectStep(state);
	const primary = selectPrimaryIntent(state)?.intent;
	// A step that needs another one first is refused.
	return (kind === 'run' || kind === 'challenge') && primary !== 'run' && primary !== 'go-to-step';
};

/** What comes next of what helps. */
export const hintLabel = (state: SessionState): string => selectNextHelp(state, selectStep(state)) ?? 'hint';
