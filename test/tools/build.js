// Bundles the program into distribution/cli.js: one ESM file with no runtime dependencies; beside it the licences of
// all that is in it.
import {chmod, readFile, writeFile} from 'node:fs/promises';
import {build} from 'esbuild';
import {bundleOptions} from './bundle.js';
import {bundledPackages, formatLicences} from './collect-licences.js';

const {version} = JSON.parse(await readFile('package.json', 'utf8'));

/** Ink measures every line of every frame: in the bundle it does so with our own, much quicker function. */
const measureQuickly = {
	name: 'measure-quickly',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^string-width$/}, ({importer}) =>
			importer.endsWith('width.ts') ? undefined : {path: 'string-width', namespace: 'measured-quickly'},
		);
		onLoad({filter: /.*/, namespace: 'measured-quickly'}, () => ({
			contents: "export {widthOf as default} from './source/text/width.ts';",
			resolveDir: process.cwd(),
		}));
	},
};

const {metafile} = await build({
	...bundleOptions,
	entryPoints: ['cli.tsx'],
	outfile: 'distribution/cli.js',
	define: {...bundleOptions.define, __VERSION__: JSON.stringify(version)},
	plugins: [...bundleOptions.plugins, measureQuickly],
	metafile: true,
});
await chmod('distribution/cli.js', 0o755);
await writeFile('distribution/licences.txt', formatLicences(await bundledPackages(metafile)));
