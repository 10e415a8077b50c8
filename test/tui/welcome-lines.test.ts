import test from 'ava';
import type {SessionState} from '../../source/session/state.js';
import {welcomeLines} from '../../source/tui/screens/welcome/welcome-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {identity, sampleState} from './sample-state.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

/** A workshop whose last step has this kind and no command. */
const endingWith = (kind: 'run' | 'read', more: Partial<SessionState> = {}): SessionState => {
	const state = sampleState({screen: 'welcome', ...more});
	const [first, ...rest] = state.workshop.chapters.toReversed();
	if (!first) throw new Error('The sample has no chapters.');
	const last = {
		...first,
		steps: first.steps.map((step, index) =>
			index === first.steps.length - 1 ? {...step, kind, command: null} : step,
		),
	};
	return {...state, workshop: {...state.workshop, chapters: [...rest.toReversed(), last]}};
};

const says = test.macro((t, state: SessionState, expected: RegExp) => {
	const text = welcomeLines(state, 120, symbols).map(line => line.map(({text}) => text).join(''));
	t.regex(text.find(line => line.startsWith('leave')) ?? '', expected);
});

test(
	'the welcome names the chapter that cleans up',
	says,
	endingWith('run'),
	/^leave {4}q at any time; the last chapter cleans up$/,
);
test(
	'the welcome of a workshop without such a chapter says where to look',
	says,
	endingWith('read'),
	/^leave {4}q at any time; the last page says how to clean up$/,
);
test(
	'the welcome of a recording without such a chapter names neither',
	says,
	endingWith('read', {
		engine: {status: 'ready', identity: {...identity, recorded: {date: '2026-01-02', standIn: true}}},
	}),
	/^leave {4}q at any time$/,
);
