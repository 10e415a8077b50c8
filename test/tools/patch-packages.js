import {readFile} from 'node:fs/promises';

/** Parts of packages that cost a start or a frame a tenth each, and that the program never needs. */
const patches = [
	{
		// Node has `fetch`, which loads all of undici; without it, the bytes are decoded from the same text.
		file: /yoga-wasm-base64-esm\.js$/,
		from: 'var loadYoga',
		to: 'var fetch;\nvar loadYoga',
	},
	{
		// Only for a package.json that meow looks for by itself, or that is asked back of it.
		file: /meow\/build\/dependencies\.js$/,
		from: /var normalizeExports = requireNormalize\(\);\s*const normalizePackageData = [^;]*;/,
		to: 'const normalizePackageData = data => data;',
	},
	{
		// A single line needs no taking apart, putting together and taking apart again; all of ours are single.
		file: /ink\/build\/output\.js$/,
		from: 'let lines = characterLines.map(',
		to: 'let lines = characterLines.length === 1 ? [text] : characterLines.map(',
	},
];

/** A plugin for esbuild. Fails the build when a package has changed so that a patch does not fit. */
export const patchPackages = {
	name: 'patch-packages',
	setup({onLoad}) {
		for (const {file, from, to} of patches) {
			onLoad({filter: file}, async ({path}) => {
				const text = await readFile(path, 'utf8');
				const contents = text.replace(from, () => to);
				if (contents === text) throw new Error(`${path} has nothing like ${from}: mend its patch.`);
				return {contents, loader: 'js'};
			});
		}
	},
};
