/** Packages that the first frame needs nothing of, with what is imported of them. */
const late = {
	'dockerfile-ast': ['DockerfileParser'],
	'dockerfile-utils': ['validate'],
	execa: ['execa'],
	'mdast-util-from-markdown': ['fromMarkdown'],
	'mdast-util-gfm': ['gfmFromMarkdown'],
	'micromark-extension-gfm': ['gfm'],
	'pretty-bytes': ['default'],
	'shell-quote': ['parse'],
	'slice-ansi': ['default'],
	'string-width': ['default'],
	'write-file-atomic': ['sync'],
	yaml: ['isAlias', 'isMap', 'isNode', 'isScalar', 'LineCounter', 'parseDocument', 'visit'],
};

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
			path in late && namespace === 'file' && !importer.includes('node_modules')
				? {path, namespace: 'late', sideEffects: false}
				: undefined,
		);
		onLoad({filter: /.*/, namespace: 'late'}, ({path}) => ({
			contents: [standIn, ...late[path].map(name => exportLate(path, name))].join('\n'),
			resolveDir: process.cwd(),
		}));
	},
};

const exportLate = (module, name) =>
	`${name === 'default' ? 'export default' : `export const ${name} =`} standIn(() => require('${module}').${name});`;
