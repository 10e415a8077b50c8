import {closeSync, openSync} from 'node:fs';
import {devNull} from 'node:os';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import v8 from 'node:v8';
import {messages} from '../messages/index.js';
import type {OpenSession, Session} from '../session/session.js';
import type {TerminalHandover} from '../session/terminal-handover.js';
import {UserError} from '../text/user-error.js';

/** Shows a session until it has an ending, or the signal is aborted. */
export type ShowSession = (
	session: OpenSession,
	options: {signal: AbortSignal; handover: TerminalHandover},
) => Promise<void>;

/**
 * Keeps a session on the screen until it ends: by itself, by a signal, with its terminal, or by an error that nobody
 * caught. Resolves with the exit code; rejects with that error. Either way nothing runs any more, and the terminal is as
 * it was found. `isPlain`: it reads lines, so that ctrl-c is a signal and not a key.
 */
export const runUntilEnded = async (
	session: OpenSession,
	draw: ShowSession,
	{isPlain, handover}: {isPlain: boolean; handover: TerminalHandover},
): Promise<number> => {
	let exitCode = 0;
	let crash: {error: unknown} | null = null;
	const abort = new AbortController();
	// However the session takes its end, the screen closes.
	const end = () => void session.shutDown().finally(() => abort.abort());
	onEndSignal(
		code => {
			// Ctrl-C on a terminal goes to all its programs; it means the one that has it.
			if (code === signalExitCodes.SIGINT && handover.isHandedOver()) return;
			if (isPlain && code === signalExitCodes.SIGINT && handleInterrupt(session)) return;
			exitCode ||= code;
			end();
		},
		{readsLines: isPlain},
	);
	// Lines leave the terminal as it is: there the system's own way is enough.
	if (!isPlain) onStopSignal(handover);
	// Unhandled rejections end up here too.
	process.on('uncaughtException', error => {
		crash ??= {error};
		end();
	});
	try {
		await draw(session, {signal: abort.signal, handover});
	} catch (error) {
		crash ??= {error};
		// What else goes wrong follows from it.
		await session.shutDown().catch(() => {});
	}
	if (crash) throw crash.error;
	return exitCode;
};

/**
 * Ctrl-C where it is a signal: cancels what runs, a second time by force; else asks whether to leave, if somebody is
 * there to answer. False when it is to end the program.
 */
const handleInterrupt = (session: Session): boolean => {
	const {runningStepId, question, ending} = session.getState();
	if (ending) return false;
	// The terminal shows `^C` where the cursor stands.
	if (process.stdout.isTTY) process.stdout.write('\n');
	if (runningStepId !== null) session.send({intent: 'cancel'});
	else if (question || !process.stdin.isTTY) return false;
	else session.send({intent: 'quit'});
	return true;
};

/** The exit codes that a shell reports for these signals. This program handles them, and exits with the same codes. */
const signalExitCodes = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

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
		process.once('exit', closeTerminalDescriptors);
		listener(signalExitCodes.SIGHUP);
	};
	process.on('SIGHUP', hangUp);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => listener(signalExitCodes[signal]));
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
	else if (!process.emit('SIGINT', 'SIGINT')) process.exit(signalExitCodes.SIGINT);
};

/**
 * When it exits, Node puts the settings of its terminal back, and aborts with a core dump when the terminal has gone.
 * It leaves descriptors alone that the program has closed.
 */
const closeTerminalDescriptors = (): void => {
	for (const descriptor of [0, 1, 2]) {
		try {
			closeSync(descriptor);
		} catch {
			// It was closed from the start.
		}
	}
};

/** Milliseconds after which a signal that was to stop this program has not done so: no shell could continue it. */
const stopTimeoutMs = 100;

/**
 * Gives the terminal back as it was found while this program is stopped (`ctrl-z`), takes it again when it goes on (`fg`)
 * and draws anew. Commands that run without a terminal run on meanwhile. Windows has no such signals.
 */
const onStopSignal = (handover: TerminalHandover): void => {
	if (process.platform === 'win32') return;
	let isStopping = false;
	const stop = async () => {
		if (isStopping) return;
		isStopping = true;
		// A command that has the terminal hands it to the shell itself.
		await (handover.isHandedOver()
			? stopGroup(stop)
			: handover.handOver(handoverOptions, () => stopGroup(stop)));
		isStopping = false;
	};
	process.on('SIGTSTP', stop);
	// SIGSTOP, which can't be caught, may have stopped it: then the terminal is no longer as we left it.
	process.on('SIGCONT', () => {
		if (!isStopping && !handover.isHandedOver()) void handover.handOver(handoverOptions, async () => true);
	});
};

const handoverOptions = {heading: null, waits: false, signal: new AbortController().signal};

/** The whole group, as the terminal itself would: a shell waits for npx, not for what npx has started. */
const stopGroup = async (listener: () => void): Promise<true> => {
	const continued = new Promise(resolve => process.once('SIGCONT', resolve));
	// Without a listener the signal does what it is there for.
	process.off('SIGTSTP', listener);
	process.kill(0, 'SIGTSTP');
	await Promise.race([continued, pause(stopTimeoutMs)]);
	process.on('SIGTSTP', listener);
	// Nobody tells a stopped program that its window has another size by now; Node looks when it is told.
	process.kill(process.pid, 'SIGWINCH');
	return true;
};

/**
 * As many files as the program has open at the same time at most, beside those that Node opens by itself: with each
 * docker command go three pipes, and the doctor asks several at once.
 */
const neededFiles = 48;

/** Throws a `UserError` when the shell lets the program open too few files: Node can't start commands then. */
export const assertOpenFileLimit = (): void => {
	const open: number[] = [];
	try {
		while (open.length < neededFiles) open.push(openSync(devNull, 'r'));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EMFILE') throw error;
		throw new UserError(messages.app.tooFewFiles, {cause: error});
	} finally {
		for (const descriptor of open) closeSync(descriptor);
	}
};

/**
 * Lets garbage pile up to a fifth of what is in use, then V8 collects it: on a machine with much memory it would wait for
 * far more, and a flood under the screen leaves 80 MB of it.
 */
export const tuneGarbageCollector = (): void => v8.setFlagsFromString('--heap-growing-percent=20');

declare const __VERSION__: string | undefined;

/** The version of this program, which its build puts in. */
export const programVersion = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0';
