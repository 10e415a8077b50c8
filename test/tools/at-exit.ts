import {registerCompletionHandler} from 'ava';

const acts = new Set<() => void>();

const actAll = () => {
	for (const act of acts) act();
	acts.clear();
};

// Both: ava waits for what still runs when the tests of a file are done, and ends the process itself when one crashed.
registerCompletionHandler(actAll);
process.on('exit', actAll);

/** Has `act` done when the tests of the file are over, however they end; calling what is returned takes it back. */
export const atExit = (act: () => void): (() => void) => {
	acts.add(act);
	return () => acts.delete(act);
};
