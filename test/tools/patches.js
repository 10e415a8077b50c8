// Reads the patches that `patch-package` has applied to node_modules, and can revert them.
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {applyPatch, parsePatch, reversePatch} from 'diff';

const readPatches = () =>
	readdirSync('patches')
		.filter(name => name.endsWith('.patch'))
		.flatMap(name => parsePatch(readFileSync(path.join('patches', name), 'utf8')))
		.map(patch => ({file: patch.newFileName.replace(/^b\//, ''), patch}));

/** The patched files with their published text; false if a file does not match its patch. */
export const publishedTexts = () =>
	readPatches().map(({file, patch}) => ({
		file,
		published: applyPatch(readFileSync(file, 'utf8'), reversePatch(patch)),
	}));

/** Throws if `node_modules` is not patched, e.g. after `npm install --ignore-scripts`. */
export const requirePatches = () => {
	for (const {file, published} of publishedTexts()) {
		if (published === false) throw new Error(`${file} is not patched: run \`npx patch-package\`.`);
	}
};

/** An esbuild plugin that bundles packages without patches. */
export const asPublished = {
	name: 'as-published',
	setup({onLoad}) {
		for (const {file, published} of publishedTexts()) {
			onLoad({filter: /\.m?js$/}, ({path: loaded}) =>
				loaded === path.resolve(file) ? {contents: published, loader: 'js'} : undefined,
			);
		}
	},
};
