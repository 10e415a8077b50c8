// Bundles the program into distribution/cli.js, one ESM file with no runtime dependencies, and writes the licences of
// its packages beside it. With `--watch`, bundles it on every save and runs it again with the remaining arguments.
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build, context} from 'esbuild';
import {execa} from 'execa';
import {hashWorkshop} from '../../source/pack/pack-files.ts';
import {readWorkshopFiles, shippedNames} from '../../source/storage/workshop-files.ts';
import {hashTexts, parseWorkshop} from '../../source/workshop/parse-workshop.ts';
import {formatBillOfMaterials} from './bill-of-materials.js';
import {takeBoardPage} from './board-page.js';
import {bundleOptions} from './bundle.js';
import {bundledPackages, formatLicences} from './collect-licences.js';
import {loadLate} from './load-late.js';
import {writeOneFile} from './one-file.js';
import {exportSqueezed, parsedFile} from './parsed-workshops.js';
import {requirePatches} from './patches.js';
import {takeTemplate} from './template.js';

requirePatches();
const {version} = JSON.parse(await readFile('package.json', 'utf8'));

/** Bundles the shipped workshops parsed, as parsing them would double the start-up time. */
const parseWorkshops = {
	name: 'parse-workshops',
	setup({onLoad}) {
		onLoad({filter: /\/parsed-workshops\.ts$/}, async () => {
			const [parsed, hashes] = [{}, {}];
			for (const name of shippedNames()) {
				const files = readWorkshopFiles(path.join('workshops', name));
				const {workshop} = parseWorkshop(files);
				// Opening an invalid workshop reports its problems.
				if (workshop) parsed[hashTexts(files)] = JSON.stringify(workshop, withoutPosition);
				hashes[name] = hashWorkshop(path.join('workshops', name));
			}
			const values = {parsedWorkshops: parsed, shippedHashes: hashes};
			await mkdir('distribution', {recursive: true});
			await writeFile(parsedFile, JSON.stringify(values));
			return {contents: exportSqueezed(values), loader: 'js'};
		});
	},
};

/** Only `lint` needs positions. */
const withoutPosition = (key, value) => (key === 'position' ? undefined : value);

const program = 'distribution/cli.js';
const inputs = {};
const options = {
	...bundleOptions,
	entryPoints: ['cli.tsx'],
	define: {...bundleOptions.define, __VERSION__: JSON.stringify(version)},
	plugins: [
		...bundleOptions.plugins,
		loadLate(bundleOptions, more => Object.assign(inputs, more)),
		parseWorkshops,
		takeTemplate,
		takeBoardPage(more => Object.assign(inputs, more)),
		writeOneFile(program),
	],
	metafile: true,
};

const [flag, ...programArguments] = process.argv.slice(2);
if (flag === '--watch') {
	const bundle = await context(options);
	await bundle.rebuild();
	await bundle.watch();
	const argv = ['--watch', '--watch-preserve-output', program, ...programArguments];
	await execa('node', argv, {stdio: 'inherit', reject: false});
	process.exit();
}

const {metafile} = await build(options);
Object.assign(inputs, metafile.inputs);
// For the test that compares the bundled files with those that Node would load.
await writeFile('distribution/inputs.json', JSON.stringify(inputs));
// With a single other character, V8 stores the text in twice the space and reads it at half the speed.
if (/[^\0-\x7F]/.test(await readFile(program, 'latin1'))) {
	throw new Error(
		'distribution/cli.js is not ASCII alone: write what is not as an escape where it is a regular expression.',
	);
}
await chmod(program, 0o755);
const packages = await bundledPackages(Object.keys(inputs));
await writeFile('distribution/licences.txt', formatLicences(packages));
await writeFile('distribution/sbom.json', formatBillOfMaterials(packages, version));
