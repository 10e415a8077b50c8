import test, {type ExecutionContext} from 'ava';
import {openLine} from '../../source/session/command-line.js';
import type {SessionState} from '../../source/session/state.js';
import {sampleOf} from '../tools/deep.js';
import {cellsOf} from './cells-of.js';
import {openEmulated} from './open-emulated.js';
import {comparedRun, failedBuild, finishedBuild, finishedRun, runningBuild} from './sample-runs.js';
import {sampleState} from './sample-state.js';

const notice = 'A sentence that reaches far to the right, and further than most of what stands in its place.';

const question = {
	title: 'Do you trust it?',
	lines: ['It would run, on this machine and with your rights:', '`docker build -t greeting ./app`'],
	choices: [
		{key: 'n', label: 'only read, run nothing', answer: 'no'},
		{key: 'y', label: 'trust it', answer: 'yes'},
	],
};

/** One of each kind of screen; what comes before another one is often longer and wider than it. */
const states: SessionState[] = [
	sampleState({screen: 'welcome', notice}),
	sampleState({screen: 'welcome', question}),
	sampleState(),
	sampleState({commandLine: openLine('docker ps --all')}),
	sampleState({runningStepId: 'build', runs: {build: runningBuild}}),
	sampleState({runs: {build: finishedBuild}}),
	sampleState({runs: {build: failedBuild}, hints: {build: 2}, notice}),
	sampleState({stepId: 'run', runs: {run: finishedRun}}),
	sampleState({stepId: 'sizes', runs: {sizes: comparedRun}}),
	sampleState({overlay: 'chapters'}),
	sampleState({
		overlay: 'files',
		slices: {
			files: {
				list: [{path: 'simple/Dockerfile', state: 'ours'}],
				file: {path: 'simple/Dockerfile', text: `FROM alpine:3.13 AS base\nRUN echo ${'構建 '.repeat(20)}\n`},
			},
		},
	}),
	sampleState({
		overlay: 'doctor',
		findings: [{id: 'node', verdict: 'passed', reason: 'Node 24.1.0 runs the program.', next: null}],
	}),
	sampleState({overlay: 'keys'}),
	sampleState({screen: 'end', runs: {build: finishedBuild, run: finishedRun}}),
];

type Size = {columns: number; rows: number};
type Drawn = {text: string; cells: string[]};

/** The rows, without the blanks at their ends. */
const textOf = (rows: string[]): string => rows.map(row => row.trimEnd()).join('\n');

/** Every state as a screen of its own shows it that has shown nothing else. */
const drawAlone = async (t: ExecutionContext, size: Size): Promise<Map<SessionState, Drawn>> => {
	const drawn = new Map<SessionState, Drawn>();
	for (const state of states) {
		const screen = openEmulated(t, state, size);
		await screen.waitUntil(rows => rows.join('').trim() !== '', 'anything');
		drawn.set(state, {text: textOf(screen.screen()), cells: cellsOf(screen, size)});
		screen.show({...state, ending: {summary: []}});
		await screen.left;
	}
	return drawn;
};

const sizes = [
	[120, 36],
	[80, 24],
	[50, 14],
] as const;
for (const [columns, rows] of sampleOf(sizes, 1)) {
	const size = {columns, rows};
	test.serial(`at ${columns}×${rows} no screen keeps a cell of the one before`, async t => {
		const drawn = await drawAlone(t, size);
		for (const [index, first] of states.entries()) {
			// Painted before Ink is there, where it can be.
			const screen = openEmulated(t, first, {...size, painted: first});
			const shows = async (state: SessionState) => {
				const {text, cells} = drawn.get(state) as Drawn;
				await screen.waitUntil(seen => textOf(seen) === text, `this and nothing else:\n${text}\n`);
				t.deepEqual(cellsOf(screen, size), cells);
			};
			await shows(first);
			for (const second of sampleOf(states.slice(index + 1), 2)) {
				screen.show(second);
				await shows(second);
				screen.show(first);
				await shows(first);
			}
			screen.show({...first, ending: {summary: []}});
			await screen.left;
		}
	});
}
