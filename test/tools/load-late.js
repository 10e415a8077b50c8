import {build} from 'esbuild';

/** Packages that the first frame does not need. Those in one row share dependencies. */
const groups = [
	['@peculiar/asn1-schema', '@peculiar/asn1-x509'],
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
	['ts-fsrs'],
	['uqr'],
	['write-file-atomic'],
	['yaml'],
];

/** Marks resolutions that this plugin must not change. */
const asIs = Symbol('as it is');

/** Replaces an export until it is called, constructed or read. */
const standIn = `
	const standIn = load => new Proxy(function () {}, {
		apply: (_, self, args) => Reflect.apply(load(), self, args),
		construct: (_, args) => Reflect.construct(load(), args),
		get: (_, key) => load()[key],
	});
`;

/**
 * An esbuild plugin that bundles these packages as text, compiled on first use. As code, they would be parsed at
 * start-up, which takes longer than everything else up to the first frame. Imports stay unchanged. `options`: for
 * bundling them; `onBundled`: called with the inputs of each.
 */
export const loadLate = (options, onBundled) => ({
	name: 'load-late',
	setup({onResolve, onLoad, resolve}) {
		const find = (path, place) => resolve(path, {...place, pluginData: asIs});
		onResolve({filter: /^[@a-z]/}, async ({path, importer, resolveDir, kind, namespace, pluginData}) => {
			if (!groups.flat().includes(path) || namespace !== 'file' || pluginData === asIs) return undefined;
			// A package may have its own version of another.
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

/** The variables that bundled code expects; see `bundleOptions`. */
const around = 'require, __builtin, __filename';

const compileText = (filename, text) => `
	const {compileFunction} = require('node:vm');
	const parameters = 'module, ${around}'.split(', ');
	compileFunction(${JSON.stringify(text)}, parameters, {filename: '${filename}'})(module, ${around});
`;
