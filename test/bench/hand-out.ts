import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import type {Readable} from 'node:stream';
import {execa} from 'execa';
import {programFile} from '../../source/pack/manifest.js';
import {sha256} from '../../source/storage/hashes.js';
import {findNginx, serveByNginx} from '../hub/nginx.js';
import type {Bench, Figure} from './bench.js';
import {median} from './statistics.js';

const learners = 6;
const imageBytes = 300_000_000;
const rounds = 7;

/** What a class waits for in the morning: the same image for everybody, at the same time. */
export const handOut: Bench = {
	name: 'hand-out',
	about: `${learners} downloads of ${imageBytes / 1e6} MB at the same time from a hub, and from nginx`,
	async run({folder}): Promise<Figure[]> {
		const nginx = findNginx();
		if (nginx === null) throw new Error('nginx is missing: run `test/hub/get-nginx`.');
		const pack = folder();
		writePack(pack);
		const hub = runChild('serve-hand-out', pack);
		const {url, stop} = await serveByNginx(nginx, pack, folder());
		const addresses = {hub: await nextLine(hub.stdout), nginx: url};
		const rates = {hub: [] as number[], nginx: [] as number[]};
		try {
			for (let round = 0; round < rounds; round++) {
				for (const server of round % 2 === 0 ? (['hub', 'nginx'] as const) : (['nginx', 'hub'] as const))
					rates[server].push(await downloadTogether(addresses[server], folder));
			}
		} finally {
			hub.kill();
			stop();
		}
		const [own, its] = [median(rates.hub), median(rates.nginx)];
		return [
			{what: 'nginx ÷ hub, throughput', value: its / own, unit: '×', most: 1 / 0.9},
			{what: 'the hub, MB/s for all together', value: own, unit: '', most: null},
			{what: 'nginx, MB/s for all together', value: its, unit: '', most: null},
		];
	},
};

/** A pack with the image and, in place of a program, a word. */
const writePack = (folder: string): void => {
	const write = (file: string, content: Buffer) => {
		writeFileSync(path.join(folder, file), content);
		return {file, bytes: content.length, sha256: sha256(content)};
	};
	const image = write('image.tar', Buffer.alloc(imageBytes, 'layer'));
	const manifest = {
		format: 1,
		program: '0.0.0',
		workshop: {id: 'bench', hash: ''},
		images: [{...image, name: 'image:1', platform: 'linux/amd64', layers: [], standIn: true}],
		files: [write(programFile, Buffer.from('program'))],
	};
	writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
};

const runChild = (name: string, ...args: string[]) =>
	execa(process.execPath, ['--import=tsx', `test/bench/children/${name}.ts`, ...args], {reject: false});

const nextLine = async (output: Readable): Promise<string> => {
	for await (const line of createInterface({input: output})) return line;
	throw new Error('A child has ended.');
};

/** MB/s of all learners together, each a process of its own, until the last one has finished. */
const downloadTogether = async (url: string, folder: () => string): Promise<number> => {
	const children = Array.from({length: learners}, () => runChild('download-image', url, folder()));
	await Promise.all(children.map(({stdout}) => new Promise(resolve => stdout.once('data', resolve))));
	const before = performance.now();
	for (const {stdin} of children) stdin.write('go\n');
	const results = await Promise.all(children);
	const failed = results.find(({exitCode}) => exitCode !== 0);
	if (failed) throw new Error(failed.stderr);
	return (learners * imageBytes) / 1000 / (performance.now() - before);
};
