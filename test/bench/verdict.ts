import type {TestEngine} from '../engine/test-engine.js';
import {buildWhoami} from '../lab-states/lab-images.js';
import {beginAt} from './begin-at.js';
import type {Bench, Figure} from './bench.js';
import {type OpenProgram, openProgram} from './open-program.js';
import {median, percentile} from './statistics.js';

const rounds = 30;

/** A right answer, and a wrong one that needs no patience, by turns. */
export const verdict: Bench = {
	name: 'verdict',
	about:
		'from the start event of a container to the verdict on the screen of the lab, the program left alone',
	async run({engine, folder}) {
		await buildWhoami(engine);
		const home = folder();
		beginAt(home, 'lab-port');
		const program = openProgram({workshop: 'multi-stage', home, env: engine.env});
		await program.waitFor(/engine \d/);
		program.press('\r');
		await program.waitFor(nothingThere);
		const times: Record<'right' | 'wrong', number[]> = {right: [], wrong: []};
		for (let round = 0; round < rounds; round++) {
			const port = await engine.freePort();
			times.right.push(await timeOf(engine, program, ['-p', `${port}:5000`], /answered as/));
			times.wrong.push(await timeOf(engine, program, ['-P'], /where nothing listens/));
		}
		await program.quit();
		return [...figuresOf('a right answer', times.right), ...figuresOf('a wrong answer', times.wrong)];
	},
};

const nothingThere = /There is no container of whoami/;

const figuresOf = (what: string, times: number[]): Figure[] => [
	{what: `${what}, median`, value: median(times), unit: 'ms', most: 300},
	{what: `${what}, 90th percentile`, value: percentile(times, 90), unit: 'ms', most: null},
];

/** Milliseconds for one container, which is gone again afterwards. */
const timeOf = async (
	{docker}: TestEngine,
	program: OpenProgram,
	flags: string[],
	wanted: RegExp,
): Promise<number> => {
	const seen = program.waitFor(wanted).then(() => Date.now());
	const id = await docker('run', '-d', ...flags, 'whoami', '-port', '5000');
	const seenAt = await seen;
	const startedAt = await startOf(docker, id);
	await docker('rm', '-f', id);
	await program.waitFor(nothingThere);
	return seenAt - startedAt;
};

/** Milliseconds since 1970, by the engine's event. */
const startOf = async (docker: TestEngine['docker'], id: string): Promise<number> => {
	const until = String(Math.ceil(Date.now() / 1000));
	const filters = ['--filter', `container=${id}`, '--filter', 'event=start'];
	const event = await docker(
		'events',
		'--since',
		'10m',
		'--until',
		until,
		...filters,
		'--format',
		'{{.TimeNano}}',
	);
	return Number(event.split('\n')[0]) / 1e6;
};
