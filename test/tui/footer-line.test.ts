import test from 'ava';
import type {SessionState} from '../../source/session/state.js';
import {footerLine} from '../../source/tui/keymap/key-lines.js';
import type {KeyContext} from '../../source/view/binding.js';
import {lineWidth} from '../../source/view/line.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {samplePlan} from './sample-plans.js';
import {finishedBuild} from './sample-runs.js';
import {sampleState} from './sample-state.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

const fits = test.macro((t, columns: number, expected: string) => {
	const line = footerLine(sampleState(), columns, symbols);
	t.is(line.map(({text}) => text).join(''), expected);
	t.true(lineWidth(line) <= columns);
});

test(
	'all keys that work, where there is room',
	fits,
	100,
	' enter run   e edit   : command   ← → steps   b builder   h hint   g chapters   ? keys   q quit',
);
test(
	'the steps and the chapters go first',
	fits,
	80,
	' enter run   e edit   : command   b builder   h hint   ? keys   q quit',
);
test('then editing', fits, 66, ' enter run   : command   b builder   h hint   ? keys   q quit');
test('then the builder and typing', fits, 40, ' enter run   h hint   ? keys   q quit');
test('what enter does stays', fits, 12, ' enter run');
test('and is cut at the very last', fits, 8, ' enter …');

const words = (state: SessionState, shown: Partial<KeyContext>, columns = 80): string =>
	footerLine(state, columns, symbols, shown)
		.map(({text}) => text)
		.join('');
const overlays = (overlay: SessionState['overlay']) => sampleState({overlay});
const build = sampleState({
	plans: {build: samplePlan},
	runs: {build: finishedBuild},
	passed: {build: {at: '2026-01-02T03:04:05Z', finding: 'passed'}},
});

const names = test.macro((t, state: SessionState, shown: Partial<KeyContext>, expected: RegExp) => {
	t.regex(words(state, shown), expected);
});

test(
	'arrows scroll where there is more than is seen',
	names,
	sampleState(),
	{scrolls: true},
	/ {3}↑↓ scroll {3}/,
);
test('arrows scroll a key list', names, overlays('keys'), {scrolls: true}, / {3}↑↓ scroll {3}/);
test('arrows scroll a zoomed pane', names, build, {layer: 'zoom', scrolls: true}, / {3}↑↓ scroll {3}/);
test('arrows choose a chapter', names, overlays('chapters'), {}, / {3}↑↓ choose {3}/);
test('arrows choose a file', names, overlays('files'), {}, / {3}↑↓ choose {3}/);
test(
	'the Dockerfile has a way back at 80 columns',
	names,
	build,
	{hasDockerfile: true, scrolls: true},
	/ {3}d text {3}/,
);
test(
	'the timeline has a way back at 80 columns',
	names,
	build,
	{hasTimeline: true, scrolls: true},
	/ {3}t panes {3}/,
);
test(
	'what has the whole screen has a way back',
	names,
	build,
	{isWhole: true, scrolls: true},
	/ {3}esc back {3}/,
);
test('after a build the timeline keeps its place', names, build, {scrolls: true}, /t timeline .*↑↓ scroll/);

test('arrows are not named where all is seen', t => {
	t.false(words(sampleState(), {}).includes('scroll'));
});

test('arrows stand in the footer of a question that is longer than the screen', t => {
	const question = {title: 'Leave?', lines: [], choices: [{key: 'y', label: 'leave', answer: 'yes'}]};
	t.is(words(sampleState({question}), {scrolls: true}), ' y/enter leave   ↑↓ scroll');
});

test('a terminal without Unicode names the arrows in words', t => {
	const ascii = selectSymbols({LANG: 'C'}, 'linux');
	const line = footerLine(sampleState({overlay: 'chapters'}), 80, ascii);
	t.regex(line.map(({text}) => text).join(''), / up down choose /);
});

test('tab is named where something else can have the scroll keys', t => {
	t.true(words(sampleState(), {hasPanes: true}, 130).includes('tab next pane'));
	t.false(words(sampleState(), {}, 130).includes('tab'));
});
