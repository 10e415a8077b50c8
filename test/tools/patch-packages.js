import {readFile} from 'node:fs/promises';
import {narrow} from '../../source/text/width.ts';

/** Parts of packages that cost a start or a frame a tenth each, and that the program never needs. */
const patches = [
	{
		// Node has `fetch`, which loads all of undici; without it, the bytes are decoded from the same text.
		file: /yoga-wasm-base64-esm\.js$/,
		changes: [['var loadYoga', 'var fetch;\nvar loadYoga']],
	},
	{
		// Only for a package.json that meow looks for by itself, or that is asked back of it.
		file: /meow\/build\/dependencies\.js$/,
		changes: [
			[
				/var normalizeExports = requireNormalize\(\);\s*const normalizePackageData = [^;]*;/,
				'const normalizePackageData = data => data;',
			],
		],
	},
	{
		file: /ink\/build\/output\.js$/,
		changes: [
			// A single line needs no taking apart, putting together and taking apart again; all of ours are single.
			[
				'let lines = characterLines.map(',
				'let lines = characterLines.length === 1 ? [text] : characterLines.map(',
			],
			[
				'class OutputCaches {',
				`let latest = new Map();
				const ignorable = /^\\p{Default_Ignorable_Code_Point}+$/u;
				const blank = {type: 'char', value: ' ', fullWidth: false, styles: []};
				class OutputCaches {
					before = latest;`,
			],
			// Most lines are those of the frame before: what was made of them then is still right.
			['styledChars = new Map();', 'styledChars = (latest = new Map());'],
			['cached = styledCharsFromTokens(', 'cached = this.before.get(line) ?? styledCharsFromTokens('],
			// Below U+00AD all characters are visible, and the bundler would make the pattern anew for each.
			[
				'!/^\\p{Default_Ignorable_Code_Point}+$/u.test(character.value)',
				"(character.value.length === 1 && character.value < '\\u00ad') || !ignorable.test(character.value)",
			],
			// Nobody changes a cell: the thousands of blank ones can be the same.
			[/row\.push\(\{[^}]*\}\);/, 'row.push(blank);'],
		],
	},
	{
		// Where no character combines with another, each is a grapheme by itself.
		file: /ansi-tokenize\/build\/tokenize\.js$/,
		changes: [
			[
				'export function tokenize',
				`const graphemesOf = text =>
					${narrow}.test(text.replaceAll('\\u001b', ''))
						? Array.from(text, (segment, index) => ({segment, index}))
						: segmenter.segment(text);
				export function tokenize`,
			],
			['of segmenter.segment(str)', 'of graphemesOf(str)'],
		],
	},
	{
		// The frames of panes are no ASCII, and a column a character all the same.
		file: /ink\/build\/line-update\.js$/,
		changes: [['/^[ -~]*$/u', String(narrow)]],
	},
	{
		// Nobody changes the styles of a character: those of a whole run can be the same.
		file: /ansi-tokenize\/build\/styledChars\.js$/,
		changes: [['styles: [...codes]', 'styles: codes']],
	},
];

/** A plugin for esbuild. Fails the build when a package has changed so that a patch does not fit. */
export const patchPackages = {
	name: 'patch-packages',
	setup({onLoad}) {
		for (const {file, changes} of patches) {
			onLoad({filter: file}, async ({path}) => {
				let contents = await readFile(path, 'utf8');
				for (const [from, to] of changes) {
					const changed = contents.replace(from, () => to);
					if (changed === contents) throw new Error(`${path} has nothing like ${from}: mend its patch.`);
					contents = changed;
				}
				return {contents, loader: 'js'};
			});
		}
	},
};
