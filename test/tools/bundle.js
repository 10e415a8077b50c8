import {isBuiltin} from 'node:module';

/**
 * Unused dependencies of dockerode and ink: endpoints other than sockets and pipes use `docker system dial-stdio`,
 * builds use the CLI, and React's development tools are not shipped.
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
 * Requires Node's own modules on first use. Imports would load them at start-up, and with them what their getters load:
 * `node:http` loads all of undici.
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

/** The beginning of a bundle: the variables that bundled CommonJS packages expect. `lines`: declare `require`. */
export const bannerWith = (...lines) =>
	[
		'#!/usr/bin/env node',
		"import {createRequire as __createRequire} from 'node:module';",
		"import {fileURLToPath as __fileURLToPath} from 'node:url';",
		'const __builtin = __createRequire(import.meta.url);',
		...lines,
		'const __filename = __fileURLToPath(import.meta.url);',
	].join('\n');

/** Options that make esbuild bundle a program into one ESM file without runtime dependencies. */
export const bundleOptions = {
	bundle: true,
	minify: true,
	platform: 'node',
	format: 'esm',
	target: 'node20',
	jsx: 'automatic',
	// With the condition `module`, packages would provide other code than the tests run on Node.
	conditions: [],
	define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
	banner: {js: bannerWith('const require = __builtin;')},
	plugins: [leaveOut, requireBuiltins],
	legalComments: 'none',
	logLevel: 'warning',
};
