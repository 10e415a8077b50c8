// What `patch-package` has applied to the packages in node_modules, and how to look behind it.
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {applyPatch, parsePatch, reversePatch} from 'diff';

const readPatches = () =>
	readdirSync('patches')
		.filter(name => name.endsWith('.patch'))
		.flatMap(name => parsePatch(readFileSync(path.join('patches', name), 'utf8')))
		.map(patch => ({file: patch.newFileName.replace(/^b\//, ''), patch}));

/** The patched files with their text as it was published; false where a file is not as its patch leaves it. */
export const publishedTexts = () =>
	readPatches().map(({file, patch}) => ({
		file,
		published: applyPatch(readFileSync(file, 'utf8'), reversePatch(patch)),
	}));

/** Throws when `node_modules` isn't as the patches leave it, as after `npm install --ignore-scripts`. */
export const requirePatches = () => {
	for (const {file, published} of publishedTexts()) {
		if (published === false) throw new Error(`${file} is not patched: run \`npx patch-package\`.`);
	}
};

/** A plugin for esbuild that bundles packages as they were published. */
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
