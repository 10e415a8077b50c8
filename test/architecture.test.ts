import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {build, transform} from 'esbuild';

/** Which folder of `source/` may import values from which others; types alone leave no import behind. */
const mayImport: Record<string, string[]> = {
	text: [],
	docker: ['text'],
	workshop: ['text'],
	stages: ['text', 'docker'],
	checks: ['text', 'docker', 'stages'],
	simulate: ['text', 'docker', 'stages'],
	ownership: ['text', 'docker', 'stages'],
	session: ['text', 'docker', 'workshop', 'stages', 'checks', 'ownership', 'doctor'],
	system: ['text'],
	runner: ['text', 'stages', 'system'],
	engine: ['text', 'docker', 'system', 'ownership', 'checks'],
	storage: ['text'],
	pack: ['text', 'docker', 'engine', 'storage'],
	view: ['text', 'stages', 'checks', 'doctor', 'session'],
	tui: ['text', 'stages', 'checks', 'session', 'view'],
	plain: ['text', 'stages', 'checks', 'doctor', 'session', 'view'],
	report: ['text', 'session', 'view'],
};

const folderOf = (file: string) => /^source\/([^/]+)\//.exec(file)?.[1];

const bundleInputs = async () => {
	const {metafile} = await build({
		entryPoints: ['cli.tsx'],
		bundle: true,
		platform: 'node',
		format: 'esm',
		packages: 'external',
		write: false,
		metafile: true,
		treeShaking: false,
	});
	return metafile.inputs;
};

test('each folder imports only from the folders that the design allows', async t => {
	const wrong: string[] = [];
	for (const [file, {imports}] of Object.entries(await bundleInputs())) {
		const from = folderOf(file);
		if (!from || ['app', 'commands', 'doctor'].includes(from)) continue;
		const allowed = mayImport[from];
		if (!allowed) wrong.push(`${file}: folder ${from} is not in the table`);
		for (const {path: target, external} of imports) {
			const to = folderOf(target);
			if (external || to === from) continue;
			if (!to || !allowed?.includes(to)) wrong.push(`${file} imports ${target}`);
		}
	}
	t.deepEqual(wrong, []);
});

test('only the engine folder imports dockerode', async t => {
	const importers = Object.entries(await bundleInputs())
		.filter(([, {imports}]) => imports.some(({path: target}) => target === 'dockerode'))
		.map(([file]) => folderOf(file));
	t.deepEqual([...new Set(importers)], ['engine']);
});

/** Types alone leave nothing behind. */
const hasCode = async (file: string): Promise<boolean> => {
	const {code} = await transform(await readFile(file, 'utf8'), {
		loader: 'tsx',
		minify: true,
		jsx: 'automatic',
	});
	return code.trim() !== '';
};

test('every file with code in source/ is reached from cli.tsx', async t => {
	const reached = new Set(Object.keys(await bundleInputs()));
	const files = (await readdir('source', {recursive: true}))
		.filter(file => /\.tsx?$/.test(file))
		.map(file => path.posix.join('source', file))
		.filter(file => !reached.has(file));
	const dead = await Promise.all(files.map(async file => ((await hasCode(file)) ? file : null)));
	t.deepEqual(
		dead.filter(file => file !== null),
		[],
	);
});

test('only `Lines`, which cuts every line, hands text to Ink', async t => {
	const files = (await readdir('source/tui', {recursive: true})).filter(file => file.endsWith('.tsx'));
	const texts = await Promise.all(
		files.map(async file =>
			/<Text\b/.test(await readFile(path.join('source/tui', file), 'utf8')) ? file : null,
		),
	);
	t.deepEqual(
		texts.filter(file => file !== null),
		[path.join('components', 'lines.tsx')],
	);
});

test('tests that start programs wait for each other within their file', async t => {
	for (const folder of ['end-to-end', 'engine', 'runner']) {
		for (const file of await readdir(path.join('test', folder), {recursive: true})) {
			if (!file.endsWith('.test.ts')) continue;
			const text = await readFile(path.join('test', folder, file), 'utf8');
			t.notRegex(text, /^\s*test\(/m, `${folder}/${file}`);
		}
	}
});
