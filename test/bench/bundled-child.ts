import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {build} from 'esbuild';
import {nodeUnderTest} from '../tools/built-program.js';
import {bundleOptions} from '../tools/bundle.js';

/** Bundles a program of `children/` into the folder as the real one is, and starts it. */
export const startBundled = async (name: string, folder: string, args: string[]): Promise<ChildProcess> => {
	const outfile = path.join(folder, `${name}.mjs`);
	await build({...bundleOptions, entryPoints: [`test/bench/children/${name}.ts`], outfile});
	return fork(outfile, args, {execPath: nodeUnderTest, execArgv: []});
};

/** The next message of a child; rejects if it ends before. */
export const receive = async <Message>(child: ChildProcess): Promise<Message> => {
	const [message] = await Promise.race([
		once(child, 'message'),
		once(child, 'exit').then(([code]): never => {
			throw new Error(`A process of the bench ended with ${code}.`);
		}),
	]);
	return message;
};
