import {registerCompletionHandler} from 'ava';

const acts = new Set<() => void>();

const actAll = () => {
	for (const act of acts) act();
	acts.clear();
};

// Both are needed: without the handler, ava would wait for what still runs; after a crash, it exits without calling it.
registerCompletionHandler(actAll);
process.on('exit', actAll);

/** Calls `act` when the tests of the file have ended, even by a crash. Returns a function that cancels this. */
export const atExit = (act: () => void): (() => void) => {
	acts.add(act);
	return () => acts.delete(act);
};
