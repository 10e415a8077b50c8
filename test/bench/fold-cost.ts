import type {BuildEvent} from '../../source/build/model.js';
import {parseDockerfile} from '../../source/build/parse-dockerfile.js';
import {createStageTracker} from '../../source/build/track-stages.js';
import type {Bench} from './bench.js';
import {median} from './statistics.js';

const sizes = [10, 100, 1000];
const rounds = 5;
const linesPerStage = 20;

/** Every size folds equally many events: of more builds where a build has fewer stages. */
export const foldCost: Bench = {
	name: 'fold-cost',
	about: 'what the tracker takes for one event of a build of 10, 100 and 1,000 stages',
	async run() {
		const builds = sizes.map(createBuild);
		const costs = sizes.map((): number[] => []);
		const snapshots: number[] = [];
		for (let round = 0; round < rounds; round++) {
			for (const [index, build] of builds.entries()) {
				const {perEvent, snapshot} = fold(build, 1000 / build.count);
				costs[index]?.push(perEvent);
				if (build.count === 1000) snapshots.push(snapshot);
			}
		}
		const [ten = Number.NaN, hundred = Number.NaN, thousand = Number.NaN] = costs.map(median);
		return [
			{what: '1,000 stages ÷ 10 stages', value: thousand / ten, unit: '×', most: 2},
			{what: '10 stages', value: ten, unit: 'µs', most: null},
			{what: '100 stages', value: hundred, unit: 'µs', most: null},
			{what: '1,000 stages', value: thousand, unit: 'µs', most: null},
			{what: 'a snapshot of 1,000 stages', value: median(snapshots) / 1000, unit: 'ms', most: null},
		];
	},
};

type SampleBuild = {count: number; dockerfile: string; events: BuildEvent[]};

/** All stages at work side by side, a line of each in turn. */
const createBuild = (count: number): SampleBuild => {
	const stages = Array.from({length: count}, (_, index) => ({
		id: `sha256:${index}`,
		name: `[stage${index} 2/2] RUN make ${index}`,
	}));
	const dockerfile = stages
		.map((_, index) => `FROM alpine:3.13 AS stage${index}\nRUN make ${index}\n`)
		.join('');
	const events: BuildEvent[] = [
		...stages.map(({id, name}): BuildEvent => ({event: 'listed', id, name})),
		...stages.map(({id, name}): BuildEvent => ({event: 'began', id, name, at: 1})),
		...Array.from({length: linesPerStage}, (_, line) =>
			stages.map(({id}): BuildEvent => ({event: 'line', id, text: `compiling ${line}.o`, at: 2 + line})),
		).flat(),
		...stages.map(({id}): BuildEvent => ({event: 'ended', id, at: 100})),
	];
	return {count, dockerfile, events};
};

/** Microseconds for an event, and for the snapshot in the middle of the last build. */
const fold = ({dockerfile, events}: SampleBuild, times: number): {perEvent: number; snapshot: number} => {
	const graph = parseDockerfile(dockerfile, undefined);
	let spent = 0;
	let snapshot = 0;
	for (let time = 0; time < times; time++) {
		const tracker = createStageTracker(graph, 'rawjson');
		const half = Math.floor(events.length / 2);
		const start = performance.now();
		for (const event of events.slice(0, half)) tracker.fold(event);
		const middle = performance.now();
		tracker.snapshot();
		const after = performance.now();
		for (const event of events.slice(half)) tracker.fold(event);
		spent += performance.now() - after + (middle - start);
		snapshot = after - middle;
	}
	return {perEvent: (spent * 1000) / (events.length * times), snapshot: snapshot * 1000};
};
