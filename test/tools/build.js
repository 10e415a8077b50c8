// Bundles the program into distribution/cli.js: one ESM file with no runtime dependencies.
import {chmod, readFile} from 'node:fs/promises';
import {build} from 'esbuild';

const {version} = JSON.parse(await readFile('package.json', 'utf8'));

/**
 * Parts of dockerode and ink that are never reached here: other endpoints than sockets and pipes go through
 * `docker system dial-stdio`, builds go through the CLI, and React's development tools are not shipped.
 */
const neverReached =
	/^(react-devtools-core|ssh2|cpu-features|@grpc\/grpc-js|@grpc\/proto-loader|protobufjs.*|.*\.node)$/;

const leaveOut = {
	name: 'leave-out',
	setup({onResolve, onLoad}) {
		onResolve({filter: neverReached}, ({path}) => ({path, namespace: 'left-out'}));
		onLoad({filter: /.*/, namespace: 'left-out'}, () => ({contents: 'export default {}', loader: 'js'}));
	},
};

/** Ink measures every line of every frame: in the bundle it does so with our own, much quicker function. */
const measureQuickly = {
	name: 'measure-quickly',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^string-width$/}, ({importer}) =>
			importer.endsWith('width.ts') ? undefined : {path: 'string-width', namespace: 'measured-quickly'},
		);
		onLoad({filter: /.*/, namespace: 'measured-quickly'}, () => ({
			contents: "export {widthOf as default} from './source/text/width.ts';",
			resolveDir: process.cwd(),
		}));
	},
};

await build({
	entryPoints: ['cli.tsx'],
	outfile: 'distribution/cli.js',
	bundle: true,
	minify: true,
	platform: 'node',
	format: 'esm',
	target: 'node20',
	jsx: 'automatic',
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
		__VERSION__: JSON.stringify(version),
	},
	// Bundled CommonJS packages expect what CommonJS gives them.
	banner: {
		js: [
			'#!/usr/bin/env node',
			"import {createRequire as __createRequire} from 'node:module';",
			"import {fileURLToPath as __fileURLToPath} from 'node:url';",
			'const require = __createRequire(import.meta.url);',
			'const __filename = __fileURLToPath(import.meta.url);',
		].join('\n'),
	},
	plugins: [leaveOut, measureQuickly],
	metafile: true,
	legalComments: 'none',
	logLevel: 'warning',
});
await chmod('distribution/cli.js', 0o755);
