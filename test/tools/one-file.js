import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {minify} from '@swc/core';
import {build, transform} from 'esbuild';
import {bannerWith} from './bundle.js';
import {squeeze} from './squeeze.js';

/**
 * An esbuild plugin that writes all chunks of a split bundle into one file. What the program imports statically is
 * code; what is behind an `import()` is text, stored compressed and compiled on first use. As code, V8 would parse all
 * of it at every start, which takes longer than everything else up to the first frame.
 */
export const writeOneFile = outfile => ({
	name: 'one-file',
	setup({initialOptions, onEnd}) {
		const {target, entryPoints} = initialOptions;
		Object.assign(initialOptions, {splitting: true, write: false, outdir: '.', banner: {}});
		initialOptions.define = {...initialOptions.define, 'import.meta.url': '__url'};
		onEnd(async ({outputFiles = [], metafile, errors}) => {
			if (errors.length > 0) return;
			const chunks = new Map(
				outputFiles.map(file => {
					const output = metafile.outputs[path.relative('.', file.path)];
					return [`./${path.relative('.', file.path)}`, describeChunk(file.text, output)];
				}),
			);
			const [main] = [...chunks].find(([, {entryPoint}]) => entryPoint === entryPoints[0]);
			const {
				outputFiles: [file],
			} = await build({
				...{outfile, target, bundle: true, minify: true, format: 'esm', platform: 'node'},
				...{legalComments: 'none', logLevel: 'warning', write: false},
				banner: {js: bannerWith(...declareRequire)},
				stdin: {contents: `import 'registry'; import '${main}';`, resolveDir: '.'},
				plugins: [linkChunks(chunks, await chooseForms(chunks, main))],
			});
			await mkdir(path.dirname(outfile), {recursive: true});
			await writeFile(outfile, await minifyAgain(file.text, {isModule: true}));
		});
	},
});

/** Minifies what esbuild has minified: what comes of both is smaller by a hundredth than what comes of either. */
const minifyAgain = async (code, {isModule}) => {
	const ecma = 2020;
	const compress = {passes: 2, ecma};
	return (
		await minify(code, {
			compress,
			mangle: true,
			module: isModule,
			ecma,
			format: {asciiOnly: true, comments: false},
		})
	).code;
};

/** What a chunk imports before it runs, and its code, where `import()` of another has become a call. */
const describeChunk = (text, {imports, entryPoint}) => {
	const names = kind => imports.filter(one => one.kind === kind).map(one => `./${one.path}`);
	const code = names('dynamic-import').reduce(
		(so, name) => so.replaceAll(`import("${name}")`, `__import("${name}")`),
		text,
	);
	return {code, imports: names('import-statement'), entryPoint};
};

/** `__chunks`: functions that return the exports of each chunk, or a promise of them. */
const declareRequire = [
	'const __chunks = {__proto__: null};',
	'const require = name => (__chunks[name] ?? __builtin)(name);',
	'const __import = async name => __chunks[name]();',
	'const __url = import.meta.url;',
];

/**
 * The form of each chunk in the file: `main` and `early` run at the start, `text` is compiled on first use, `code` also runs on
 * first use, but waits at its top level, which compiled text can't.
 */
const chooseForms = async (chunks, main) => {
	const forms = new Map(
		[...reachable(chunks, main)].map(name => [name, {form: name === main ? 'main' : 'early'}]),
	);
	for (const [name, {code}] of chunks) {
		if (forms.has(name)) continue;
		const options = {format: 'cjs', minify: true, platform: 'node', logLevel: 'silent'};
		const text = await transform(code, options).catch(({errors}) => {
			if (errors?.some(error => error.text.startsWith('Top-level await'))) return null;
			throw new Error(`The chunk ${name} can't be compiled late.`, {cause: errors});
		});
		// For example, `import.meta` would be empty.
		if (text?.warnings.length > 0) throw new Error(`${name}: ${text.warnings[0].text}`);
		forms.set(
			name,
			text ? {form: 'text', text: await minifyAgain(text.code, {isModule: false})} : {form: 'code'},
		);
	}
	const waits = name => forms.get(name).form === 'code';
	for (const name of chunks.keys()) {
		if (forms.get(name).form === 'text' && [...reachable(chunks, name)].some(waits))
			forms.set(name, {form: 'code'});
	}
	return forms;
};

/** The names of a chunk and of all that run before it. */
const reachable = (chunks, name, found = new Set()) => {
	found.add(name);
	for (const next of chunks.get(name).imports)
		if (chunks.has(next) && !found.has(next)) reachable(chunks, next, found);
	return found;
};

/** Compiles a chunk once, when it is first required. */
const compileLate = `
	const compileLate = (filename, read) => {
		const module = {exports: null};
		return () => {
			if (module.exports) return module.exports;
			const {compileFunction} = __builtin('node:vm');
			const names = ['module', 'require', '__import', '__url', '__builtin', '__filename'];
			compileFunction(read(), names, {filename})(module, require, __import, __url, __builtin, __filename);
			return module.exports;
		};
	};
`;

/** The shortest texts, such as the English messages of `--version`, are not worth decompressing all. */
const fewestCharacters = 2000;

/** The code that reads a text: `texts` are those that are stored together. */
const readText = (text, texts) =>
	text.length < fewestCharacters ? JSON.stringify(text) : `texts()[${texts.push(text) - 1}]`;

/** Makes the chunks one program. */
const linkChunks = (chunks, forms) => ({
	name: 'link-chunks',
	setup({onResolve, onLoad}) {
		onResolve({filter: /.*/}, ({path: name, importer, kind}) => {
			if (name === 'registry') return {path: name, namespace: 'registry'};
			if (!forms.has(name)) return {path: name, external: true};
			const {form} = forms.get(name);
			// An early chunk that such code imported would be started with it, not before.
			const isRequired = form === 'text' || (form === 'early' && forms.get(importer)?.form === 'code');
			return {path: name, namespace: isRequired && kind === 'import-statement' ? 'required' : 'chunk'};
		});
		onLoad({filter: /.*/, namespace: 'registry'}, () => {
			const others = [...forms].filter(([, {form}]) => form !== 'main');
			const texts = [];
			const lines = others.flatMap(([name, {form, text}], index) => [
				...(form === 'early' ? [`import * as early${index} from '${name}';`] : []),
				`__chunks['${name}'] = ${
					{
						early: `() => early${index}`,
						text: `compileLate('${name}', () => ${form === 'text' ? readText(text, texts) : ''})`,
						code: `() => import('${name}')`,
					}[form]
				};`,
			]);
			return {
				contents: [`const texts = ${squeeze(texts)};`, compileLate, ...lines].join('\n'),
				resolveDir: '.',
			};
		});
		onLoad({filter: /.*/, namespace: 'required'}, ({path: name}) => ({
			contents: `module.exports = __chunks['${name}']();`,
		}));
		onLoad({filter: /.*/, namespace: 'chunk'}, ({path: name}) => ({
			contents: chunks.get(name).code,
			resolveDir: '.',
		}));
	},
});
