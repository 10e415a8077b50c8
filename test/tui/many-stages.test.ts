import test from 'ava';
import type {SessionState} from '../../source/session/state.js';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {BuildEvent, BuildOptions} from '../../source/stages/model.js';
import {createStageTracker} from '../../source/stages/tracker/stage-tracker.js';
import {sampleOf} from '../tools/deep.js';
import {cellsOf} from './cells-of.js';
import {crookedBorders} from './crooked-borders.js';
import {openEmulated} from './open-emulated.js';
import {runningBuild} from './sample-runs.js';
import {sampleState} from './sample-state.js';

/** The states of a session while a build goes on: one behind each group of events. */
const statesOf = (dockerfile: string, options: BuildOptions, groups: BuildEvent[][]): SessionState[] => {
	const graph = parseDockerfile(dockerfile, options);
	const tracker = createStageTracker(graph, 'rawjson');
	return groups.map(events => {
		for (const event of events) tracker.fold(event);
		const build = tracker.snapshot();
		return sampleState({
			runningStepId: 'build',
			runs: {build: {...runningBuild, build}},
			plans: {build: {dockerfile: 'Dockerfile', text: dockerfile, graph, waiting: build.stages}},
		});
	});
};

type Vertex = {name: string; inputs?: number[]};

/** Lists vertices, then begins and ends each, with a line of output between. */
const follow = (vertices: Vertex[]): BuildEvent[][] => [
	vertices.map(({name, inputs = []}, at) => ({
		event: 'listed',
		id: `s:${at}`,
		name,
		inputs: inputs.map(input => `s:${input}`),
	})),
	...vertices.flatMap(({name}, at): BuildEvent[][] => [
		[
			{event: 'began', id: `s:${at}`, name, at},
			{event: 'line', id: `s:${at}`, text: `output of ${name}`, at},
		],
		[{event: 'ended', id: `s:${at}`, at: at + 1}],
	]),
];

const sixty = Array.from({length: 60}, (_, at) => at);

const builds: Record<string, {states: SessionState[]; shows: string[]}> = {
	'two platforms of each stage': {
		states: statesOf(
			'FROM --platform=$BUILDPLATFORM a AS build\nRUN make\nFROM scratch\nCOPY --from=build x y',
			{platforms: ['linux/amd64', 'linux/arm64']},
			follow([
				{name: '[linux/amd64 build 2/2] RUN make'},
				{name: '[linux/amd64->arm64 build 2/2] RUN make'},
				{name: '[linux/amd64 stage-1 1/1] COPY --from=build x y', inputs: [0]},
				{name: '[linux/arm64 stage-1 1/1] COPY --from=build x y', inputs: [1]},
			]),
		),
		shows: ['build', 'final'],
	},
	'stages with one name': {
		states: statesOf(
			'FROM a AS out\nRUN first\nFROM a AS out\nRUN second\nFROM a\nCOPY --from=out x y',
			{},
			follow([{name: '[out 2/2] RUN second'}, {name: '[stage-2 2/2] COPY --from=out x y', inputs: [0]}]),
		),
		shows: ['out:1', 'out', 'final'],
	},
	'60 stages': {
		states: statesOf(
			[
				...sixty.map(at => `FROM a AS part-${at}\nRUN make ${at}`),
				'FROM scratch',
				...sixty.map(at => `COPY --from=part-${at} x y${at}`),
			].join('\n'),
			{},
			follow(sixty.map(at => ({name: `[part-${at} 2/2] RUN make ${at}`}))),
		),
		shows: [],
	},
};

const stagesOf = ({runs}: SessionState) => Object.values(runs)[0]?.build?.stages ?? [];

/** The names in the upper borders of panes. */
const titlesOf = (rows: string[]): string[] =>
	rows.flatMap(row => [...row.matchAll(/╭ (.+?) ─+ /g)].map(([, title = '']) => title));

const sizes = [
	[120, 36],
	[80, 24],
] as const;
for (const [columns, rows] of sampleOf(sizes, 1)) {
	for (const [name, {states, shows}] of Object.entries(builds)) {
		test.serial(`${name} at ${columns}×${rows}: nothing is drawn over, and titles are whole`, async t => {
			const size = {columns, rows};
			const [first, ...others] = states;
			if (!first) throw new Error('There is no state.');
			const screen = openEmulated(t, first, size);
			await screen.waitFor('c cancel');
			let last = first;
			for (const state of others) {
				screen.show(state);
				last = state;
				const running = stagesOf(state).find(({status}) => status === 'running');
				if (running)
					await screen.waitUntil(found => found.some(row => row.includes(` ${running.name} `)), running.name);
			}
			const names = stagesOf(last).map(stage => stage.name);
			const alone = openEmulated(t, last, size);
			await alone.waitFor(names[0] ?? '');
			const drawn = await screen.waitUntil(
				() => JSON.stringify(cellsOf(screen, size)) === JSON.stringify(cellsOf(alone, size)),
				'what a screen shows that has shown nothing else',
			);
			t.deepEqual(crookedBorders(screen, size), []);
			const titles = titlesOf(drawn);
			t.deepEqual(
				titles.filter(title => !names.includes(title)),
				[],
			);
			for (const title of shows) t.true(titles.includes(title), `${title}\n${drawn.join('\n')}`);
		});
	}
}
