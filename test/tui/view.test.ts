import test from 'ava';
import {
	firstVisibleLine,
	initialViewState,
	moveView,
	type Region,
} from '../../source/tui/keymap/view-state.js';
import type {ViewAction} from '../../source/view/binding.js';

const text: Region = {key: 'text', total: 30, rows: 10, initial: 0};
/** Shows the end of its output. */
const pane: Region = {key: 'pane', total: 40, rows: 5, initial: 35};

const scrolls = test.macro((t, actions: ViewAction[], expected: {text: number; pane: number}) => {
	const regions = [text, pane];
	const view = actions.reduce(
		(before, action) => moveView(before, action, {regions, suited: 0, isWide: true}),
		initialViewState,
	);
	t.deepEqual({text: firstVisibleLine(view, text), pane: firstVisibleLine(view, pane)}, expected);
});

test('at first a text shows its beginning and a pane its end', scrolls, [], {text: 0, pane: 35});
test('the text has the scroll keys', scrolls, ['down', 'down'], {text: 2, pane: 35});
test('a page leaves one line in sight', scrolls, ['page-down'], {text: 9, pane: 35});
test('nothing scrolls behind the end', scrolls, ['page-down', 'page-down', 'page-down', 'page-down', 'up'], {
	text: 19,
	pane: 35,
});
test('nothing scrolls before the beginning', scrolls, ['up', 'up', 'down'], {text: 1, pane: 35});
test('tab gives a pane the scroll keys', scrolls, ['next-pane', 'up'], {text: 0, pane: 34});
test('after the last pane comes the text again', scrolls, ['next-pane', 'next-pane', 'down'], {
	text: 1,
	pane: 35,
});

test('a pane that was scrolled stays where it is, and follows its end again once it is back there', t => {
	const place = {regions: [text, pane], suited: 0, isWide: true};
	const longer = {...pane, total: 60, initial: 55};
	const focused = moveView(initialViewState, 'next-pane', place);
	const scrolled = moveView(focused, 'up', place);
	t.is(firstVisibleLine(scrolled, longer), 34);
	const back = moveView(scrolled, 'down', place);
	t.is(firstVisibleLine(back, longer), 55);
});
