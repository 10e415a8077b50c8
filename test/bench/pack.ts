import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import type {TestEngine} from '../engine/test-engine.js';
import {builtProgram, nodeUnderTest} from '../tools/built-program.js';
import type {Bench, Figure, Workplace} from './bench.js';
import {median, timed} from './statistics.js';

const rounds = 8;
/** Tells at the end, on stderr, how much memory the program had at most, in kB. */
const tellPeak =
	"data:text/javascript,process.on('exit',()=>process.stderr.write('\\n'+process.resourceUsage().maxRSS))";
const images = ['alpine:3.13', 'golang:1.16.4-alpine'];

/** What a learner waits for at the first start in a classroom without internet. */
export const pack: Bench = {
	name: 'pack',
	about: 'loading the images of a pack, hashes included, and `docker load` of the same archives',
	async run({engine, folder}: Workplace): Promise<Figure[]> {
		const [home, place, packed] = [folder(), folder(), path.join(folder(), 'pack')];
		const program = (...args: string[]) =>
			execa(nodeUnderTest, ['--import', tellPeak, builtProgram, ...args], {
				cwd: place,
				env: {...engine.env, HOME: home, XDG_STATE_HOME: path.join(home, 'state')},
				stdin: 'ignore',
			});
		// What other benches built would keep layers of these images on the engine.
		await engine.clean();
		await program('pack', packed);
		// In the program's order: an engine takes a fifth longer when the biggest comes first.
		const archives = readdirSync(path.join(packed, 'images'))
			.map(name => path.join(packed, 'images', name))
			.toSorted((a, b) => statSync(b).size - statSync(a).size);
		const peaks: number[] = [];
		const tasks = {
			async load() {
				for (const archive of archives) await engine.docker('load', '-q', '-i', archive);
			},
			async without() {
				await program('run', 'reference');
			},
			async with() {
				const {stderr} = await program('run', 'reference', '--pack', packed);
				peaks.push(Number(stderr.trim().split('\n').at(-1)) / 1000);
			},
		};
		const names = ['load', 'without', 'with'] as const;
		const times = {load: [] as number[], without: [] as number[], with: [] as number[]};
		for (let round = 0; round < rounds; round++) {
			// To and fro: an engine may be slower when it has just unpacked, so each comes as often after the other.
			for (const name of round % 2 === 0 ? names : names.toReversed()) {
				if (name !== 'without') await forget(engine);
				times[name].push(await timed(tasks[name]));
			}
		}
		const [load, without, whole] = [median(times.load), median(times.without), median(times.with)];
		return [
			{what: 'loading through --pack ÷ docker load', value: (whole - without) / load, unit: '×', most: 1.3},
			{what: 'docker load', value: load, unit: 'ms', most: null},
			{what: 'the program with the pack', value: whole, unit: 'ms', most: null},
			{what: 'the program without it', value: without, unit: 'ms', most: null},
			{what: 'highest memory', value: Math.max(...peaks), unit: 'MB', most: 120},
		];
	},
};

/** The images go, with their layers. */
const forget = async ({docker}: TestEngine): Promise<void> => {
	await docker('rmi', '-f', ...images);
};
