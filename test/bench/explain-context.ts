import {spawn} from 'node:child_process';
import {mkdirSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {builtProgram, nodeUnderTest} from '../tools/built-program.js';
import type {Bench, Figure, Workplace} from './bench.js';
import {memoryOf} from './open-program.js';
import {compare} from './statistics.js';

/** Builds as few do: `FROM scratch` and all of the build context. */
const dockerfile = 'FROM scratch\nCOPY . /\n';

const contexts: Array<{name: string; write(folder: string): void}> = [
	{
		name: '100,000 files',
		write(folder) {
			for (let group = 0; group < 100; group++) {
				mkdirSync(path.join(folder, `group-${group}`));
				for (let file = 0; file < 1000; file++)
					writeFileSync(path.join(folder, `group-${group}`, `file-${file}.txt`), `${group} ${file}\n`);
			}
		},
	},
	{
		name: '5 GB, of which 4 are ignored',
		write(folder) {
			writeFileSync(path.join(folder, '.dockerignore'), 'ignored\n');
			mkdirSync(path.join(folder, 'ignored'));
			for (const file of ['ignored/1', 'ignored/2', 'ignored/3', 'ignored/4', 'read']) {
				writeFileSync(path.join(folder, file), '');
				truncateSync(path.join(folder, file), 1_000_000_000);
			}
		},
	},
];

export const explainContext: Bench = {
	name: 'explain-context',
	about: 'reading a large build context for the first time, and docker build sending it',
	async run(workplace) {
		const figures: Figure[] = [];
		for (const {name, write} of contexts) figures.push(...(await measure(name, write, workplace)));
		return figures;
	},
};

const measure = async (
	name: string,
	write: (folder: string) => void,
	{engine, folder}: Workplace,
): Promise<Figure[]> => {
	const context = folder();
	writeFileSync(path.join(context, 'Dockerfile'), dockerfile);
	write(context);
	let peak = 0;
	const explain = async () => {
		const start = performance.now();
		// Where nothing is kept, all is read.
		peak = Math.max(peak, await watchPeak(['explain', context], {...engine.env, HOME: folder()}));
		return performance.now() - start;
	};
	const send = async () => {
		await engine.docker('builder', 'prune', '-a', '-f');
		const {stderr} = await execa('docker', ['build', '--progress', 'plain', context], {
			env: {...engine.env, DOCKER_BUILDKIT: '1'},
		});
		const seconds = /transferring context: .* ([\d.]+)s done/.exec(stderr)?.[1];
		if (seconds === undefined) throw new Error(`The build does not say how long it sent:\n${stderr}`);
		return Number(seconds) * 1000;
	};
	const {ratio, subject, reference} = await compare(3, explain, send);
	await engine.docker('builder', 'prune', '-a', '-f');
	return [
		{what: `${name}: explain ÷ sending`, value: ratio, unit: '×', most: 2},
		{what: `${name}: explain`, value: subject, unit: 'ms', most: null},
		{what: `${name}: sending`, value: reference, unit: 'ms', most: null},
		{what: `${name}: highest memory of explain`, value: peak, unit: 'MB', most: 200},
	];
};

/** Runs the built program until it ends. Resolves with its highest resident memory in MB. */
const watchPeak = (words: string[], env: Record<string, string>): Promise<number> =>
	new Promise((resolve, reject) => {
		const child = spawn(nodeUnderTest, [builtProgram, ...words], {
			env: {...env, LANG: 'C.UTF-8'},
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		let peak = 0;
		const look = () => {
			try {
				const seen = memoryOf(child.pid ?? 0).peak;
				if (seen > peak) peak = seen;
			} catch {
				// It has just ended.
			}
		};
		const timer = setInterval(look, 20);
		child.on('exit', code => {
			clearInterval(timer);
			if (code === 0) resolve(peak);
			else reject(new Error(`It ended with ${code}.`));
		});
	});
