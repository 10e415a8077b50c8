import test from 'ava';
import type {Intent} from '../../source/session/intents.js';
import {keys} from '../tools/terminal.js';
import {openEmulated} from './open-emulated.js';
import {runningBuild, startedAt} from './sample-runs.js';
import {sampleState} from './sample-state.js';

const wide = {columns: 120, rows: 36};
const ending = {summary: ['Multi-stage builds: 1 of 6 steps passed.', 'Good bye.']};

test.serial(
	'while it is open, the alternate screen is shown without a cursor, and keys are read one by one',
	async t => {
		const screen = openEmulated(t, sampleState(), wide);
		await screen.waitFor('enter run');
		t.like(screen.state(), {alternateScreen: true, cursorVisible: false});
		t.true(screen.isRaw());
	},
);

test.serial('the ending leaves the terminal as found, and its summary in the scrollback', async t => {
	const screen = openEmulated(t, sampleState(), wide);
	await screen.waitFor('enter run');
	screen.show(sampleState({ending}));
	await screen.left;
	const rows = await screen.waitFor('Good bye.');
	t.deepEqual(
		rows.filter(row => row !== ''),
		ending.summary,
	);
	t.like(screen.state(), {alternateScreen: false, cursorVisible: true});
	t.false(screen.isRaw());
});

test.serial('a session that has ended already opens nothing for long', async t => {
	const screen = openEmulated(t, sampleState({ending}), wide);
	await screen.left;
	await screen.waitFor('Good bye.');
	t.like(screen.state(), {alternateScreen: false, cursorVisible: true});
});

test.serial('a terminal that does not tell its size gets a screen all the same', async t => {
	const screen = openEmulated(t, sampleState(), {...wide, isSizeKnown: false});
	await screen.waitFor('enter run');
	screen.show(sampleState({ending}));
	await t.notThrowsAsync(screen.left);
});

test.serial('a resized terminal is divided anew', async t => {
	const screen = openEmulated(t, sampleState(), wide);
	await screen.waitFor('┬');
	screen.resize(80, 24);
	const rows = await screen.waitUntil(
		lines => lines.length === 24 && lines[22]?.includes('enter run') === true,
		'a footer in row 23',
	);
	t.false(rows.join('').includes('┬'));
});

const sends = test.macro(
	async (t, key: string, state: ReturnType<typeof sampleState>, expected: Intent[]) => {
		const screen = openEmulated(t, state, wide);
		await screen.waitFor('Multi-stage builds');
		screen.press(key);
		// The list of keys can only be asked for after the key before it.
		screen.press('?');
		screen.press(keys.ctrlC);
		await screen.waitUntil(() => screen.sent.length >= expected.length, 'all intents');
		t.deepEqual(screen.sent.slice(0, expected.length), expected as never);
		screen.show({...state, ending});
		await screen.left;
	},
);

test.serial('enter goes on', sends, keys.enter, sampleState(), [{intent: 'go-on'}]);
test.serial('the right arrow goes to the next step', sends, keys.right, sampleState(), [
	{intent: 'next-step'},
]);
test(
	'ctrl-c cancels a run',
	sends,
	keys.ctrlC,
	sampleState({runningStepId: 'build', runs: {build: runningBuild}}),
	[{intent: 'cancel'}],
);
test.serial('ctrl-c leaves when nothing runs', sends, keys.ctrlC, sampleState(), [{intent: 'quit'}]);
test(
	'enter in the chapters only goes to the chosen step',
	sends,
	keys.enter,
	sampleState({overlay: 'chapters'}),
	[{intent: 'go-to-step', stepId: 'build'}, {intent: 'close-overlay'}],
);

test.serial('the arrows choose a step in the chapters', async t => {
	const state = sampleState({overlay: 'chapters'});
	const screen = openEmulated(t, state, wide);
	await screen.waitFor('▸ ○ Build it again');
	screen.press(keys.down);
	await screen.waitFor('▸ ○ Run what was built');
	screen.press(keys.down + keys.up + keys.down + keys.enter);
	await screen.waitUntil(() => screen.sent.length > 0, 'an intent');
	t.deepEqual(screen.sent, [{intent: 'go-to-step', stepId: 'sizes'}]);
});

test.serial('a text that is longer than its room scrolls, and says that there is more', async t => {
	const screen = openEmulated(t, sampleState(), {columns: 80, rows: 21});
	await screen.waitFor('▼ 8 more');
	screen.press(keys.down);
	await screen.waitFor('▲ 1 above   ▼ 7 more');
	screen.press(keys.pageDown);
	await screen.waitFor('▲ 7 above   ▼ 1 more');
	screen.press(keys.pageDown);
	const rows = await screen.waitFor('▲ 8 above');
	t.true(rows.join('\n').includes('See the manual'));
	t.false(rows.join('\n').includes('The same Dockerfile'));
});

test.serial('a revealed hint comes into sight by itself', async t => {
	const screen = openEmulated(t, sampleState(), {columns: 80, rows: 21});
	t.false((await screen.waitFor('▼ 8 more')).join('').includes('Hint'));
	screen.show(sampleState({hints: {build: 1}}));
	await screen.waitFor('Hint 1 of 2');
});

test.serial('tab gives a pane the scroll keys, and z the whole screen', async t => {
	const state = sampleState({runningStepId: 'build', runs: {build: runningBuild}});
	const screen = openEmulated(t, state, {columns: 80, rows: 24});
	await screen.waitFor('╭ build ');
	// Two keys at once, as from a learner who is faster than the program.
	screen.press(keys.tab + keys.tab);
	await screen.waitFor('╭ ▸ build ');
	screen.press('z');
	await screen.waitUntil(rows => rows.join('').includes('30/40'), 'ten lines more');
	screen.press(keys.up);
	const rows = await screen.waitUntil(
		lines => !lines.join('').includes('40/40'),
		'the lines before the last',
	);
	t.true(rows.join('').includes('39/40'));
	t.false(rows.join('').includes('╭ base'));
	screen.press('z');
	await screen.waitFor('╭ base');
});

test.serial('the seconds of a stage go on while its builder is silent', async t => {
	let now = startedAt + 1400;
	const state = sampleState({runningStepId: 'build', runs: {build: runningBuild}});
	const screen = openEmulated(t, state, {...wide, now: () => now});
	await screen.waitFor('running 1.1 s');
	now += 700;
	const rows = await screen.waitFor('running 1.8 s');
	t.false(rows.join('\n').includes('running 1.1 s'));
});

const colours = test.macro(async (t, environment: Record<string, string>, expected: string[]) => {
	const state = sampleState({runningStepId: 'build', runs: {build: runningBuild}});
	const screen = openEmulated(t, state, {...wide, environment: {LANG: 'C.UTF-8', ...environment}});
	await screen.waitFor('✔ done');
	const seen = new Set<string>();
	for (let column = 0; column < wide.columns; column++) {
		for (let row = 0; row < wide.rows; row++) seen.add(screen.cell(column, row).foreground);
	}
	t.deepEqual([...seen].sort(), expected);
});

// 2 is green, 5 magenta, 6 cyan.
test.serial('what is done, running and typed has a colour each', colours, {}, [
	'default',
	'palette 2',
	'palette 5',
	'palette 6',
]);
test.serial('with NO_COLOR nothing is coloured', colours, {NO_COLOR: '1'}, ['default']);

test.serial('a terminal without Unicode gets ASCII', async t => {
	const state = sampleState({stepId: 'read', overlay: 'chapters'});
	const screen = openEmulated(t, state, {...wide, environment: {LANG: 'C'}});
	const rows = await screen.waitFor('enter go there');
	t.regex(rows.join('\n'), /^[\n -~]+$/);
});
