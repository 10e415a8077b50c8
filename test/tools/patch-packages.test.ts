import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {build, type Plugin} from 'esbuild';
import {cleanLine} from '../../source/text/terminal-text.js';
import {hostileBytes} from '../fuzz/hostile-bytes.js';
import {temporaryFolder} from './child-environment.js';
import {createRandom} from './create-random.js';
import {patchPackages} from './patch-packages.js';

type Clip = {x1?: number; x2?: number; y1?: number; y2?: number};

/** The part of Ink that turns texts and their places into lines, and lines into what is written. */
type Ink = {
	Output: new (size: {
		width: number;
		height: number;
	}) => {
		write(x: number, y: number, text: string, options: {transformers: []}): void;
		clip(clip: Clip): void;
		unclip(): void;
		get(): {output: string};
	};
	lineUpdate(previous: string, next: string, columns: number): string;
};

const bundleInk = async (plugins: Plugin[]): Promise<Ink> => {
	const file = path.join(temporaryFolder(), 'ink.mjs');
	const {outputFiles} = await build({
		stdin: {
			contents: `
				export {default as Output} from './node_modules/ink/build/output.js';
				export {default as lineUpdate} from './node_modules/ink/build/line-update.js';`,
			resolveDir: process.cwd(),
		},
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		write: false,
		plugins,
	});
	writeFileSync(file, outputFiles[0]?.contents ?? '');
	return import(pathToFileURL(file).href);
};

const size = {width: 40, height: 5};
const frames = 3000;

/** What is drawn looks random, is the same each time, and comes again as lines of real frames do. */
const drawFrames = ({Output, lineUpdate}: Ink): string[] => {
	const random = createRandom(1);
	const upTo = (limit: number): number => Math.floor(random() * limit);
	const marks = ['│ ', '▸ ✔ done', '—', '…', 'plain words', '\u001B[31mred\u001B[39m │', '⠋ 漢'];
	const texts = Array.from({length: 400}, () =>
		random() < 0.5
			? cleanLine(hostileBytes(random).toString())
			: `${marks[upTo(marks.length)]}${marks[upTo(marks.length)]}`,
	);
	const drawn: string[] = [];
	let previous: string[] = [];
	for (let frame = 0; frame < frames; frame++) {
		const output = new Output(size);
		for (let left = upTo(6); left >= 0; left--) {
			const isClipped = random() < 0.3;
			if (isClipped) output.clip({x1: upTo(10), x2: 10 + upTo(30), y1: 0, y2: 1 + upTo(5)});
			output.write(upTo(30) - 3, upTo(6) - 1, texts[upTo(texts.length)] ?? '', {transformers: []});
			if (isClipped) output.unclip();
		}
		const lines = output.get().output.split('\n');
		drawn.push(...lines, ...lines.map((line, index) => lineUpdate(previous[index] ?? '', line, size.width)));
		previous = lines;
	}
	return drawn;
};

test('patched, Ink draws what it draws without, cell by cell, and writes the same', async t => {
	const [patched, plain] = await Promise.all([bundleInk([patchPackages]), bundleInk([])]);
	const [ours, theirs] = [drawFrames(patched), drawFrames(plain)];
	t.true(ours.length > frames * 2);
	t.is(
		ours.findIndex((line, index) => line !== theirs[index]),
		-1,
	);
});
