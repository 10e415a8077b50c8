import test from 'ava';
import sliceAnsi from 'slice-ansi';
import type {SessionState} from '../../source/session/state.js';
import type {Stage} from '../../source/stages/model.js';
import {layoutScreen} from '../../source/tui/text/layout.js';
import {isDeep} from '../tools/deep.js';
import {crookedBorders} from './crooked-borders.js';
import {type EmulatedScreen, openEmulated} from './open-emulated.js';
import {runningBuild, sampleStage} from './sample-runs.js';
import {sampleState} from './sample-state.js';

const sizes = [
	{columns: 120, rows: 36},
	{columns: 80, rows: 24},
	{columns: 200, rows: 60},
	{columns: 50, rows: 14},
];
const counts = [1, 4, 12, 40];

const output = [
	'short',
	'構建 🚀 wide characters and emoji 構建構建構建構建構建構建構建構建構建構建構建構建構建構建構建構建構建',
	'🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀',
	'a line of output that is longer than any pane of any screen, and goes on and on, '.repeat(4).trim(),
	'the last line',
];
const instruction = 'RUN make 構建 --with-a-rather-long-list-of-flags --that-goes-on --and-on --and-on';

/** As many stages as asked for, in every status, none of them with reasons that wrap. */
const stagesOf = (count: number, turn = 0): Stage[] =>
	Array.from({length: count}, (_, index) => {
		const status = index === 0 ? 'running' : (['done', 'running', 'cached'] as const)[index % 3];
		return sampleStage(index % 5 === 4 ? `構建-${index + 1}` : `stage-${index + 1}`, {
			status: status ?? 'done',
			seconds: status === 'running' ? null : index + 0.5,
			began: 0,
			ended: status === 'running' ? null : index + 0.5,
			instructions: [{text: instruction, status: 'running', line: 2, began: 0, seconds: null}],
			tail: turn === 0 ? output : [...output, `turn ${turn}`],
			lineCount: output.length + turn,
		});
	});

const stateOf = (count: number, turn = 0): SessionState => {
	if (!runningBuild.build) throw new Error('The sample run is no build.');
	const build = {...runningBuild.build, stages: stagesOf(count, turn)};
	return sampleState({runningStepId: 'build', runs: {build: {...runningBuild, build}}});
};

/** The rows of the live side, without the text beside or above it. */
const liveRows = (rows: string[], size: {columns: number; rows: number}): string[] => {
	const {kind, text, live} = layoutScreen(size, 'all');
	if (kind === 'wide') return rows.map(row => sliceAnsi(row, text.columns + 1)).slice(2, 2 + live.rows);
	return kind === 'stacked' ? rows.slice(3 + text.rows, 3 + text.rows + live.rows) : rows.slice(2, -2);
};

const whole = [...output, instruction, `● ${instruction}`];

/** Whether a row of a pane is one of ours, whole or with the mark of a cut at its end. */
const isWholeOrMarked = (text: string): boolean => {
	if (text === '' || whole.includes(text)) return true;
	const start = text.replace(/…$/, '');
	return text.endsWith('…') && whole.some(line => line.startsWith(start.trimEnd()));
};

/** What stands in the panes, row by row. */
const paneRows = (live: string[]): string[] =>
	live
		.filter(row => /^\s*│/.test(row))
		.flatMap(row => row.split('│').filter((_, index) => index % 2 === 1))
		.map(text => text.trim());

const namesIn = (live: string[]): string[] =>
	live.flatMap(row =>
		[...row.matchAll(/(?:╭ (?:▸ )?|^ ?)((?:stage|構建)-\d+)(?= )/g)].map(([, name]) => name ?? ''),
	);

const opened = async (t: Parameters<typeof openEmulated>[0], count: number, size: (typeof sizes)[number]) => {
	const screen = openEmulated(t, stateOf(count), size);
	const rows = await screen.waitUntil(
		found => liveRows(found, size).some(row => row.includes('stage-1')),
		'the first stage',
	);
	return {screen, rows};
};

for (const [index, size] of sizes.entries()) {
	// A number of stages for each size, or all of them.
	for (const count of isDeep ? counts : counts.slice(index).slice(0, 1)) {
		test.serial(`${count} stages at ${size.columns}×${size.rows}`, async t => {
			const {screen, rows} = await opened(t, count, size);
			t.is(rows.length, size.rows);
			t.is(rows.at(-1), '', 'the last row of the terminal stays empty');
			t.deepEqual(crookedBorders(screen, size), []);
			const live = liveRows(rows, size);
			const panes = paneRows(live);
			t.deepEqual(
				panes.filter(text => !isWholeOrMarked(text)),
				[],
				rows.join('\n'),
			);
			const names = namesIn(live);
			const more = Number(/… (\d+) more stages/.exec(live.join('\n'))?.[1] ?? 0);
			t.is(new Set(names).size, names.length, 'no stage is shown twice');
			t.is(names.length + more, count, rows.join('\n'));
			t.true(panes.length > 0 || live.some(row => row.includes('running')), rows.join('\n'));
		});
	}
}

const sameAsFresh = async (
	t: Parameters<typeof openEmulated>[0],
	screen: EmulatedScreen,
	turn: number,
	size: (typeof sizes)[number],
) => {
	const fresh = openEmulated(t, stateOf(12, turn), size);
	const expected = await fresh.waitUntil(
		found => liveRows(found, size).some(row => row.includes('stage-1')),
		'a fresh screen',
	);
	const rows = await screen.waitUntil(
		found => found.join('\n') === expected.join('\n'),
		`just what a fresh screen shows:\n${expected.join('\n')}`,
	);
	t.is(rows.length, size.rows);
	t.deepEqual(screen.scrollback(), [], 'nothing has scrolled away');
};

test.serial('resizing while output flows leaves no garbage', async t => {
	const [first = {columns: 120, rows: 36}] = sizes;
	const {screen} = await opened(t, 12, first);
	let turn = 0;
	for (const size of [...sizes.toReversed(), first, {columns: 61, rows: 17}, {columns: 101, rows: 25}]) {
		// Output before, between and after the change of the size, faster than frames.
		for (const columns of [size.columns + 7, size.columns - 3, size.columns]) {
			screen.show(stateOf(12, ++turn));
			screen.resize(columns, size.rows);
			screen.show(stateOf(12, ++turn));
		}
		await sameAsFresh(t, screen, turn, size);
	}
});
