// Compiles the tests, with everything of ours that they import, into distribution/tests. Ava runs each test file in a
// process of its own: compiled there, the sources would be compiled once for each file.
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';

/** Lets compiled code look for files beside the source that it comes from. */
const keepPlaces = {
	name: 'keep-places',
	setup({onLoad}) {
		onLoad({filter: /\.tsx?$/}, async ({path: file}) => {
			const contents = (await readFile(file, 'utf8'))
				.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
				.replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)));
			return {contents, loader: path.extname(file) === '.tsx' ? 'tsx' : 'ts'};
		});
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
		plugins: [keepPlaces],
		logLevel: 'warning',
	});
