import test from 'ava';
import {type Intent, selectPrimaryIntent} from '../../source/session/intents.js';
import type {EngineState} from '../../source/session/state.js';
import {sampleState} from '../tui/sample-state.js';

const onWelcome = test.macro((t, engine: EngineState, intent: Intent['intent']) => {
	t.is(selectPrimaryIntent(sampleState({screen: 'welcome', engine}))?.intent, intent);
});

const missing = {status: 'missing', reason: 'There is none.', next: null} as const;

test('enter begins while the engine is looked for', onWelcome, {status: 'connecting'}, 'next-step');
test(
	'enter plays the recording where no engine runs',
	onWelcome,
	{...missing, isSlow: false},
	'use-recording',
);
test(
	'enter asks an engine that was slow once more',
	onWelcome,
	{...missing, isSlow: true},
	'try-engine-again',
);
