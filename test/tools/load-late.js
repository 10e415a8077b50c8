/** Packages that the first frame needs nothing of. */
const late = [
	'dockerfile-ast',
	'dockerfile-utils',
	'execa',
	'mdast-util-from-markdown',
	'mdast-util-gfm',
	'micromark-extension-gfm',
	'pretty-bytes',
	'shell-quote',
	'slice-ansi',
	'string-width',
	'write-file-atomic',
	'yaml',
];

/** Stands for an export until it is called, constructed or asked for something. */
const standIn = `
	const standIn = load => new Proxy(function () {}, {
		apply: (_, self, args) => Reflect.apply(load(), self, args),
		construct: (_, args) => Reflect.construct(load(), args),
		get: (_, key) => load()[key],
	});
`;

/**
 * A plugin for esbuild: these packages are evaluated when they are first used, not before the program begins. Our own
 * code imports them as ever.
 */
export const loadLate = {
	name: 'load-late',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^[a-z]/}, ({path, importer, namespace}) =>
			late.includes(path) && namespace === 'file' && !importer.includes('node_modules')
				? {path, namespace: 'late', sideEffects: false}
				: undefined,
		);
		onLoad({filter: /.*/, namespace: 'late'}, async ({path}) => ({
			contents: [standIn, ...Object.keys(await import(path)).map(name => exportLate(path, name))].join('\n'),
			resolveDir: process.cwd(),
		}));
	},
};

const exportLate = (module, name) => {
	const of = `/* @__PURE__ */ standIn(() => require('${module}')['${name}'])`;
	return name === 'default'
		? `export default ${of};`
		: `const ${name}_ = ${of}; export {${name}_ as '${name}'};`;
};
