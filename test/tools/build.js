// Bundles the program into distribution/cli.js: one ESM file with no runtime dependencies; beside it the licences of
// all that is in it.
import {chmod, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';
import {readWorkshopFiles, shippedNames} from '../../source/storage/workshop-files.ts';
import {hashTexts, parseWorkshop} from '../../source/workshop/parse-workshop.ts';
import {bundleOptions} from './bundle.js';
import {bundledPackages, formatLicences} from './collect-licences.js';
import {loadLate} from './load-late.js';
import {patchPackages} from './patch-packages.js';

const {version} = JSON.parse(await readFile('package.json', 'utf8'));

/** Ink measures every line of every frame: in the bundle it does so with our own, much quicker function. */
const measureQuickly = {
	name: 'measure-quickly',
	setup({onResolve, onLoad}) {
		// Our own measures with it what is wide, by way of `loadLate`.
		onResolve({filter: /^string-width$/}, ({importer, namespace}) =>
			importer.endsWith('width.ts') || namespace === 'late'
				? undefined
				: {path: 'string-width', namespace: 'measured-quickly'},
		);
		onLoad({filter: /.*/, namespace: 'measured-quickly'}, () => ({
			contents: "export {widthOf as default} from './source/text/width.ts';",
			resolveDir: process.cwd(),
		}));
	},
};

/** Reading the shipped workshops takes as long as all the rest of a start: the bundle has them read already. */
const parseWorkshops = {
	name: 'parse-workshops',
	setup({onLoad}) {
		onLoad({filter: /\/parsed-workshops\.ts$/}, async () => {
			const parsed = {};
			for (const name of shippedNames()) {
				const files = readWorkshopFiles(path.join('workshops', name));
				const {workshop} = parseWorkshop(files);
				// One that can't be read is told by whoever opens it.
				if (workshop) parsed[hashTexts(files)] = JSON.stringify(workshop, withoutPosition);
			}
			return {contents: `export const parsedWorkshops = ${JSON.stringify(parsed)}`, loader: 'js'};
		});
	},
};

/** Only `lint` asks where something stands. */
const withoutPosition = (key, value) => (key === 'position' ? undefined : value);

const inputs = [];
const {metafile} = await build({
	...bundleOptions,
	entryPoints: ['cli.tsx'],
	outfile: 'distribution/cli.js',
	define: {...bundleOptions.define, __VERSION__: JSON.stringify(version)},
	plugins: [
		...bundleOptions.plugins,
		measureQuickly,
		loadLate(bundleOptions, more => inputs.push(...Object.keys(more))),
		patchPackages,
		parseWorkshops,
	],
	metafile: true,
});
inputs.push(...Object.keys(metafile.inputs));
// With one other character, V8 holds all of the text at twice its size and reads it at half the speed.
if (/[^\0-\x7F]/.test(await readFile('distribution/cli.js', 'latin1'))) {
	throw new Error(
		'distribution/cli.js is not ASCII alone: write what is not as an escape where it is a regular expression.',
	);
}
await chmod('distribution/cli.js', 0o755);
await writeFile('distribution/licences.txt', formatLicences(await bundledPackages(inputs)));
