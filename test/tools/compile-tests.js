// Compiles the tests, with everything of ours that they import, into distribution/tests. Ava runs each test file in a
// process of its own: compiled there, the sources would be compiled once for each file.
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {takeParsedWorkshops} from './parsed-workshops.js';

/** Lets compiled code look for files beside the source that it comes from. */
const keepPlaces = {
	name: 'keep-places',
	setup({onLoad}) {
		onLoad({filter: /\.[jt]sx?$/}, async ({path: file}) => {
			const places = {__sourceUrl: pathToFileURL(file).href, __sourceFolder: path.dirname(file)};
			const constants = Object.entries(places).map(
				([name, value]) => `const ${name} = ${JSON.stringify(value)};`,
			);
			return {
				contents: `${constants.join(' ')} ${await readFile(file, 'utf8')}`,
				loader: path.extname(file).slice(1),
			};
		});
	},
};

/** Gives tests another `test`, which can declare those of several files in one process. */
const nameTests = {
	name: 'name-tests',
	setup({onResolve}) {
		onResolve({filter: /^ava$/}, ({importer}) =>
			importer.endsWith('declare-test.ts') ? undefined : {path: path.resolve('test/tools/declare-test.ts')},
		);
	},
};

/** Resolves when all tests are compiled; rejects when one of them can't be. */
export const compileTests = () =>
	build({
		entryPoints: ['test/**/*.test.ts'],
		outdir: 'distribution/tests',
		outbase: 'test',
		bundle: true,
		splitting: true,
		packages: 'external',
		platform: 'node',
		format: 'esm',
		target: 'node20',
		jsx: 'automatic',
		sourcemap: true,
		define: {'import.meta.url': '__sourceUrl', 'import.meta.dirname': '__sourceFolder'},
		plugins: [takeParsedWorkshops, keepPlaces, nameTests],
		logLevel: 'warning',
	});
