import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import type {Lender} from '../session/create-lender.js';

/** Milliseconds after which a signal that was to stop this program has not done so: no shell could continue it. */
const soon = 100;

/**
 * Gives the terminal back as it was found while this program is stopped (`ctrl-z`), takes it again when it goes on (`fg`)
 * and draws anew. Commands that run without a terminal run on meanwhile. Windows has no such signals.
 */
export const onStopSignal = (lender: Lender): void => {
	if (process.platform === 'win32') return;
	let isStopping = false;
	const stop = async () => {
		if (isStopping) return;
		isStopping = true;
		// A command that has the terminal leaves it to the shell by itself.
		await (lender.isLent() ? stopGroup(stop) : lender.lend(loan, () => stopGroup(stop)));
		isStopping = false;
	};
	process.on('SIGTSTP', stop);
	// Another signal, which nobody can catch, may have stopped it: then the terminal is no longer as we left it.
	process.on('SIGCONT', () => {
		if (!isStopping && !lender.isLent()) void lender.lend(loan, async () => true);
	});
};

const loan = {heading: null, waits: false, signal: new AbortController().signal};

/** The whole group, as the terminal itself would: a shell waits for npx, not for what npx has started. */
const stopGroup = async (listener: () => void): Promise<true> => {
	const continued = new Promise(resolve => process.once('SIGCONT', resolve));
	// Without a listener the signal does what it is there for.
	process.off('SIGTSTP', listener);
	process.kill(0, 'SIGTSTP');
	await Promise.race([continued, pause(soon)]);
	process.on('SIGTSTP', listener);
	// Nobody tells a stopped program that its window has another size by now; Node looks when it is told.
	process.kill(process.pid, 'SIGWINCH');
	return true;
};
