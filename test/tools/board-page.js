// Bundles the page of the board into the program, as text that its server sends.
import {readdirSync} from 'node:fs';
import path from 'node:path';
import {build} from 'esbuild';

const options = {
	bundle: true,
	write: false,
	minify: true,
	format: 'esm',
	target: ['chrome107', 'firefox104', 'safari16'],
	jsx: 'automatic',
	jsxImportSource: 'preact',
	define: {'process.env.NODE_ENV': '"production"'},
	legalComments: 'none',
	logLevel: 'warning',
	metafile: true,
};

/** The server adds the words of the language in force. */
const leaveOutWords = {
	name: 'leave-out-words',
	setup({onResolve}) {
		onResolve({filter: /\/words\.js$/}, () => ({path: './words.js', external: true}));
	},
};

/** The page, and the inputs of its bundle. */
export const buildBoardPage = async () => {
	const inputs = {};
	const bundle = async more => {
		const {outputFiles, metafile} = await build({...options, ...more});
		Object.assign(inputs, metafile.inputs);
		return outputFiles[0].text;
	};
	const languages = readdirSync('source/messages', {withFileTypes: true}).filter(entry =>
		entry.isDirectory(),
	);
	const words = languages.map(async ({name}) => {
		const contents = "export {board as words} from './board.ts';";
		const resolveDir = path.resolve('source/messages', name);
		return [name, await bundle({stdin: {contents, resolveDir, loader: 'ts'}})];
	});
	const page = {
		script: await bundle({entryPoints: ['source/board/page/main.tsx'], plugins: [leaveOutWords]}),
		styles: await bundle({entryPoints: ['source/board/page/board.css']}),
		words: Object.fromEntries(await Promise.all(words)),
	};
	return {page, inputs};
};

/** An esbuild plugin that puts the page into a bundle. `onBundled`: called with the inputs of the page. */
export const takeBoardPage = (onBundled = () => {}) => ({
	name: 'take-board-page',
	setup({onLoad}) {
		onLoad({filter: /\/board-page\.ts$/}, async () => {
			const {page, inputs} = await buildBoardPage();
			onBundled(inputs);
			return {contents: `export const boardPage = ${JSON.stringify(page)}`, loader: 'js'};
		});
	},
});
