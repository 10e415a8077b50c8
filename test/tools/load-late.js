import {build} from 'esbuild';

/** Packages that the first frame needs nothing of; those of one row have others in common. */
const groups = [
	['diff'],
	['dockerfile-ast', 'dockerfile-utils'],
	['dockerode'],
	['execa'],
	['hast-util-to-html', 'hastscript'],
	['mdast-util-from-markdown', 'mdast-util-gfm', 'mdast-util-to-markdown', 'micromark-extension-gfm'],
	['pretty-bytes'],
	['shell-quote'],
	['slice-ansi', 'string-width'],
	['tar-stream'],
	['write-file-atomic'],
	['yaml'],
];

/** Marks what is resolved as if nothing were loaded late. */
const asIs = Symbol('as it is');

/** Stands for an export until it is called, constructed or asked for something. */
const standIn = `
	const standIn = load => new Proxy(function () {}, {
		apply: (_, self, args) => Reflect.apply(load(), self, args),
		construct: (_, args) => Reflect.construct(load(), args),
		get: (_, key) => load()[key],
	});
`;

/**
 * A plugin for esbuild: these packages are in the bundle as text, which is compiled when they are first used. As code,
 * they would have to be parsed before the program begins, which takes longer than all that it does up to its first
 * frame. Code imports them as ever. `options`: how they are bundled. `onBundled` is told the inputs of each.
 */
export const loadLate = (options, onBundled) => ({
	name: 'load-late',
	setup({onResolve, onLoad, resolve}) {
		const find = (path, place) => resolve(path, {...place, pluginData: asIs});
		onResolve({filter: /^[a-z]/}, async ({path, importer, resolveDir, kind, namespace, pluginData}) => {
			if (!groups.flat().includes(path) || namespace !== 'file' || pluginData === asIs) return undefined;
			// A package may have another version of it for itself.
			const theirs = await find(path, {importer, resolveDir, kind});
			const ours = await find(path, {resolveDir: process.cwd(), kind});
			return theirs.path === ours.path ? {path, namespace: 'late', sideEffects: false} : undefined;
		});
		onLoad({filter: /.*/, namespace: 'late'}, async ({path}) => {
			const group = groups.findIndex(packages => packages.includes(path));
			const names = Object.keys(await import(path)).filter(name => /^\w+$/.test(name));
			return {contents: [standIn, ...names.map(name => exportLate(group, path, name))].join('\n')};
		});
		onResolve({filter: /^late:/}, ({path}) => ({path, namespace: 'late-text'}));
		onLoad({filter: /.*/, namespace: 'late-text'}, async ({path}) => {
			const packages = groups[Number(path.slice('late:'.length))];
			const {outputFiles, metafile} = await build({
				...options,
				format: 'cjs',
				banner: {},
				stdin: {
					contents: packages.map(name => `export * as '${name}' from '${name}';`).join('\n'),
					resolveDir: process.cwd(),
					sourcefile: `late-packages-${groups.indexOf(packages)}.js`,
				},
				write: false,
				metafile: true,
			});
			onBundled(metafile.inputs);
			return {contents: compileText(packages.join(', '), outputFiles[0].text)};
		});
	},
});

const exportLate = (group, module, name) =>
	name === 'default'
		? `export default ${lateValue(group, module, name)};`
		: `const ${name}_ = ${lateValue(group, module, name)}; export {${name}_ as '${name}'};`;

const lateValue = (group, module, name) =>
	`/* @__PURE__ */ standIn(() => require('late:${group}')['${module}']['${name}'])`;

/** What bundled code finds around it; see `bundleOptions`. */
const around = 'require, __builtin, __filename';

const compileText = (filename, text) => `
	const {compileFunction} = require('node:vm');
	const parameters = 'module, ${around}'.split(', ');
	compileFunction(${JSON.stringify(text)}, parameters, {filename: '${filename}'})(module, ${around});
`;
