import {closeSync} from 'node:fs';
import process from 'node:process';

/** What the shell reports of a program that such a signal ended; ours ends by itself and reports the same. */
export const exitCodes = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

/**
 * Calls back with the exit code each time a signal asks the program to end, and once when its terminal has gone: not
 * every terminal that closes sends a signal to every program in it, but reading from it ends, and writing to it fails.
 */
export const onEndSignal = (
	listener: (exitCode: number) => void,
	/** `readsLines`: the end of what is typed, ctrl-d, is then no sign that the terminal has gone. */
	{readsLines = false}: {readsLines?: boolean} = {},
): void => {
	let isHungUp = false;
	const hangUp = () => {
		if (isHungUp) return;
		isHungUp = true;
		process.once('exit', letGoOfTerminal);
		listener(exitCodes.SIGHUP);
	};
	process.on('SIGHUP', hangUp);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => listener(exitCodes[signal]));
	}
	if (process.stdin.isTTY && !readsLines) process.stdin.on('end', hangUp).on('error', hangUp);
	process.stdout.on('error', hangUp);
	process.stderr.on('error', hangUp);
};

/**
 * Does what ctrl-C does where no terminal makes a signal of it. On Windows, a program that signals itself is ended at once,
 * with 1: what listens has to be called, and where nothing does the program ends by itself.
 */
export const raiseInterrupt = (): void => {
	if (process.platform !== 'win32') process.kill(process.pid, 'SIGINT');
	else if (!process.emit('SIGINT', 'SIGINT')) process.exit(exitCodes.SIGINT);
};

/**
 * When it exits, Node puts the settings of its terminal back, and aborts with a core dump when the terminal has gone.
 * It leaves descriptors alone that the program has closed.
 */
const letGoOfTerminal = (): void => {
	for (const descriptor of [0, 1, 2]) {
		try {
			closeSync(descriptor);
		} catch {
			// It was closed from the start.
		}
	}
};
