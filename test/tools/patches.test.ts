import {readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {build, type Metafile, type Plugin} from 'esbuild';
import {execa} from 'execa';
import patchedWidth from 'string-width';
import {cleanLine} from '../../source/text/terminal-text.js';
import {narrow, widthOf} from '../../source/text/width.js';
import {hostileBytes} from '../fuzz/hostile-bytes.js';
import {temporaryFolder} from './child-environment.js';
import {createRandom} from './create-random.js';
import {deep, sampleOf} from './deep.js';
import {asPublished, publishedTexts} from './patches.js';

type Clip = {x1?: number; x2?: number; y1?: number; y2?: number};

/** The part of Ink that converts texts and their positions to lines, and lines to output. */
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
	stringWidth(text: string): number;
};

const bundleInk = async (plugins: Plugin[]): Promise<Ink> => {
	const file = path.join(temporaryFolder(), 'ink.mjs');
	const {outputFiles} = await build({
		stdin: {
			contents: `
				export {default as Output} from './node_modules/ink/build/output.js';
				export {default as lineUpdate} from './node_modules/ink/build/line-update.js';
				export {default as stringWidth} from 'string-width';`,
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

let asItIs: Promise<Ink> | null = null;
/** Ink without the patches. */
const unpatched = (): Promise<Ink> => (asItIs ??= bundleInk([asPublished]));

const size = {width: 40, height: 5};
const frames = deep(600, 3000);

/** Draws pseudo-random lines, the same in each run, which repeat like the lines of real frames. */
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
	const [patched, plain] = await Promise.all([bundleInk([]), unpatched()]);
	const [ours, theirs] = [drawFrames(patched), drawFrames(plain)];
	t.true(ours.length > frames * 2);
	t.is(
		ours.findIndex((line, index) => line !== theirs[index]),
		-1,
	);
});

test('what is measured the quick way has the width that string-width says without its patch', async t => {
	const {stringWidth} = await unpatched();
	const characters = Array.from({length: 0xffff - 0x20}, (_, index) => String.fromCharCode(0x20 + index));
	// Also between others, as a neighbour must not change it.
	const texts = sampleOf(characters, 8000).flatMap(character => [character, `│${character}a`]);
	t.deepEqual(
		texts.filter(text => widthOf(text) !== stringWidth(text) || patchedWidth(text) !== stringWidth(text)),
		[],
	);
});

test('all that measure quickly agree on what is narrow', t => {
	const measuring = publishedTexts().filter(({file}) => /string-width|tokenize\.js|line-update/.test(file));
	t.is(measuring.length, 3);
	for (const {file} of measuring)
		t.true(readFileSync(file, 'utf8').includes(`const narrow = ${narrow};`), file);
});

type Inputs = Metafile['inputs'];

/** The inputs of the built program, by file. */
const bundled = (): Inputs => JSON.parse(readFileSync('distribution/inputs.json', 'utf8'));

test('packages are in the bundle as they are in node_modules', t => {
	const packages = Object.entries(bundled()).filter(([file]) => file.startsWith('node_modules/'));
	t.true(packages.length > 100);
	t.deepEqual(
		packages.filter(([file, {bytes}]) => bytes !== statSync(file).size).map(([file]) => file),
		[],
	);
});

/** Reads `[specifier, importer, kind]` entries and writes the files that Node loads for them. */
const resolver = `
	import {createRequire} from 'node:module';
	import {fileURLToPath, pathToFileURL} from 'node:url';
	const resolve = ([name, from, kind]) => kind === 'require-call'
		? createRequire(from).resolve(name)
		: fileURLToPath(import.meta.resolve(name, pathToFileURL(from).href));
	console.log(JSON.stringify(JSON.parse(await new Response(process.stdin).text()).map(resolve)));
`;

type Asked = [name: string, from: string, kind: string];

const askNode = async (asked: Asked[]): Promise<string[]> => {
	const options = ['--experimental-import-meta-resolve', '--input-type=module', '--eval', resolver];
	const {stdout} = await execa(process.execPath, options, {input: JSON.stringify(asked)});
	return JSON.parse(stdout);
};

test('the bundle has for every import of a package the file that Node takes', async t => {
	const imports = Object.entries(bundled()).flatMap(([file, {imports}]) =>
		imports.flatMap(({path: target, original, kind}) => {
			const isLate = /^late:\D/.test(target);
			if (!original || !(isLate || target.startsWith('node_modules/'))) return [];
			const asked: Asked = [original, path.resolve(file), kind];
			// Modules that are loaded late are the same for all importers.
			const ours: Asked = isLate
				? [original, path.resolve('cli.tsx'), kind]
				: [path.resolve(target), path.resolve('cli.tsx'), 'require-call'];
			return [{asked, ours}];
		}),
	);
	t.true(imports.length > 300);
	const found = await askNode(imports.map(({asked}) => asked));
	const taken = await askNode(imports.map(({ours}) => ours));
	t.deepEqual(
		imports.flatMap(({asked}, index) =>
			found[index] === taken[index] ? [] : [`${asked.join(' ')}: ${taken[index]} instead of ${found[index]}`],
		),
		[],
	);
});
