import path from 'node:path';
import {build} from 'esbuild';
import {bundleOptions} from '../../tools/bundle.js';

const helloSource = `
	import {render, Text} from 'ink';
	render(<Text>hello</Text>);
	setTimeout(() => {}, 60_000);
`;

/**
 * Writes what the program's start is compared with, and resolves with their files. `hello`: Ink with one line, bundled
 * as the program is. `unbundled`: the program's own code, every package from `node_modules`.
 */
export const writeReferences = async (): Promise<{hello: string; unbundled: string}> => {
	// Packages and the shipped workshops are found from here.
	const folder = path.resolve('distribution', 'bench');
	const hello = path.join(folder, 'hello.mjs');
	const unbundled = path.join(folder, 'unbundled.mjs');
	await build({
		...bundleOptions,
		stdin: {contents: helloSource, loader: 'tsx', resolveDir: process.cwd()},
		outfile: hello,
	});
	await build({...bundleOptions, entryPoints: ['cli.tsx'], packages: 'external', outfile: unbundled});
	return {hello, unbundled};
};
