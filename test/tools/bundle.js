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

/** What makes one ESM file with no runtime dependencies of a program, for every `build` of esbuild. */
export const bundleOptions = {
	bundle: true,
	minify: true,
	platform: 'node',
	format: 'esm',
	target: 'node20',
	jsx: 'automatic',
	define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
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
	plugins: [leaveOut],
	legalComments: 'none',
	logLevel: 'warning',
};
