import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import test from 'ava';
import {filesTogether} from './files-together.js';
import {tellCpuTime} from './tell-cpu-time.js';

tellCpuTime(fileURLToPath(test.meta.file));

type Declare = (...args: unknown[]) => void;
/** The properties of a macro, which a plain function lacks. */
type Macro = {exec?: unknown; title?(title: string | undefined, ...values: unknown[]): string};

/** The declarations of files that share a process, passed to ava once the last file is loaded. */
let shared: {file: string; waiting: Array<() => void>} | null = null;

/** Prefixes the title in a declaration's arguments with the file. */
const nameAfter = (file: string, args: unknown[]): unknown[] => {
	const [title, body, ...values] = (typeof args[0] === 'string' ? args : [undefined, ...args]) as [
		string | undefined,
		Macro,
		...unknown[],
	];
	return [`${file} › ${body.title?.(title, ...values) ?? title}`, body.exec ?? body, ...values];
};

const follow = (declare: Declare): Declare =>
	new Proxy(declare, {
		apply(target, _, args: unknown[]) {
			if (!shared) return target(...args);
			const named = nameAfter(shared.file, args);
			shared.waiting.push(() => target(...named));
		},
		get(target, name) {
			const value = Reflect.get(target, name);
			return typeof value === 'function' && !['macro', 'default'].includes(String(name))
				? follow(value)
				: value;
		},
	});

export {registerCompletionHandler} from 'ava';

/** Replaces ava's `test` in compiled tests: in a shared process, each title begins with the name of its file. */
export default follow(test as unknown as Declare);

/** Declares the tests of all files in a folder of `test/` that can share a process, or of one part of them. */
export const declareTogether = async (folder: string, part = 1): Promise<void> => {
	shared = {file: '', waiting: []};
	for (const file of filesTogether(folder, part)) {
		shared.file = file.replace(/\.test\.ts$/, '').replaceAll('/', ' › ');
		const compiled = path.resolve('distribution/tests', folder, file.replace(/\.ts$/, '.js'));
		await import(pathToFileURL(compiled).href);
	}
	for (const declare of shared.waiting) declare();
};
