import {isBuiltin} from 'node:module';

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

/**
 * Node's own modules are required where they are first used. Imported, they would be loaded before anything else, and
 * with them what their getters load: `node:http` brings all of undici.
 */
const requireBuiltins = {
	name: 'require-builtins',
	setup({onResolve, onLoad}) {
		onResolve({filter: /.*/}, ({path}) =>
			isBuiltin(path) ? {path, namespace: 'builtin', sideEffects: false} : undefined,
		);
		onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({
			contents: `module.exports = __builtin(${JSON.stringify(path)})`,
			loader: 'js',
		}));
	},
};

/** What makes one ESM file with no runtime dependencies of a program, for every `build` of esbuild. */
export const bundleOptions = {
	bundle: true,
	minify: true,
	platform: 'node',
	format: 'esm',
	target: 'node20',
	jsx: 'automatic',
	// Packages have other code for bundlers, by the condition `module`: the tests run what Node takes.
	conditions: [],
	define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
	// Bundled CommonJS packages expect what CommonJS gives them.
	banner: {
		js: [
			'#!/usr/bin/env node',
			"import {createRequire as __createRequire} from 'node:module';",
			"import {fileURLToPath as __fileURLToPath} from 'node:url';",
			'const require = __createRequire(import.meta.url);',
			'const __builtin = require;',
			'const __filename = __fileURLToPath(import.meta.url);',
		].join('\n'),
	},
	plugins: [leaveOut, requireBuiltins],
	legalComments: 'none',
	logLevel: 'warning',
};
