import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {BuildEvent} from '../../source/stages/model.js';
import {createStageTracker, type StageTracker} from '../../source/stages/tracker/stage-tracker.js';
import type {Bench} from './bench.js';
import {median} from './statistics.js';

const sizes = [10, 100, 1000];
const rounds = 5;
const linesPerStage = 50;

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
		...stages.map(({id, name}): BuildEvent => ({event: 'listed', id, name, inputs: []})),
		...stages.map(({id, name}): BuildEvent => ({event: 'began', id, name, at: 1})),
		...Array.from({length: linesPerStage}, (_, line) =>
			stages.map(({id}): BuildEvent => ({event: 'line', id, text: `compiling ${line}.o`, at: 2 + line})),
		).flat(),
		...stages.map(({id}): BuildEvent => ({event: 'ended', id, at: 100})),
	];
	return {count, dockerfile, events};
};

/** Microseconds of processor time for an event, and for the snapshot in the middle of a build. */
const fold = ({dockerfile, events}: SampleBuild, times: number): {perEvent: number; snapshot: number} => {
	const graph = parseDockerfile(dockerfile);
	const half = Math.floor(events.length / 2);
	const [begin, rest] = [events.slice(0, half), events.slice(half)];
	const trackers = Array.from({length: times}, () => createStageTracker(graph, 'rawjson'));
	const spentOn = (act: (tracker: StageTracker) => void): number => {
		const before = process.cpuUsage();
		for (const tracker of trackers) act(tracker);
		const {user, system} = process.cpuUsage(before);
		return user + system;
	};
	const foldAll = (some: BuildEvent[]) =>
		spentOn(tracker => {
			for (const event of some) tracker.fold(event);
		});
	const first = foldAll(begin);
	const snapshot = spentOn(tracker => tracker.snapshot()) / times;
	return {perEvent: (first + foldAll(rest)) / (events.length * times), snapshot};
};
