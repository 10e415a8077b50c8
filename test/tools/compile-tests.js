// Compiles the tests and the sources that they import into distribution/tests. Ava runs each test file in a process of
// its own, which would otherwise compile the sources again.
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {takeBoardPage} from './board-page.js';
import {takeParsedWorkshops} from './parsed-workshops.js';

/** Lets compiled code find files beside its source. */
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

/** Replaces ava's `test` with one that can declare the tests of several files in one process. */
const nameTests = {
	name: 'name-tests',
	setup({onResolve}) {
		onResolve({filter: /^ava$/}, ({importer}) =>
			importer.endsWith('declare-test.ts') ? undefined : {path: path.resolve('test/tools/declare-test.ts')},
		);
	},
};

/** Compiles all tests. Rejects if one is invalid. */
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
		plugins: [takeParsedWorkshops, takeBoardPage(), keepPlaces, nameTests],
		logLevel: 'warning',
	});
