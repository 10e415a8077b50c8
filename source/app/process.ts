import {closeSync, openSync} from 'node:fs';
import {devNull} from 'node:os';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import v8 from 'node:v8';
import {messages} from '../messages/index.js';
import type {OpenSession, Session} from '../session/session.js';
import type {TerminalHandover} from '../session/terminal-handover.js';
import {UserError} from '../text/user-error.js';

/** Shows a session until it ends or the signal is aborted. */
export type ShowSession<Shown = OpenSession> = (
	session: Shown,
	options: {signal: AbortSignal; handover: TerminalHandover},
) => Promise<void>;

/**
 * Shows a session until it quits, a signal arrives, its terminal closes, or an uncaught error occurs. Resolves with the
 * exit code, or rejects with that error. Either way, no command is running any more, and the terminal is restored.
 * `isPlain`: the session reads lines, so ctrl-c is a signal and not a key.
 */
export const runUntilEnded = async <Shown extends Session & Pick<OpenSession, 'shutDown'>>(
	session: Shown,
	draw: ShowSession<Shown>,
	{isPlain, handover}: {isPlain: boolean; handover: TerminalHandover},
): Promise<number> => {
	let exitCode = 0;
	let crash: {error: unknown} | null = null;
	const abort = new AbortController();
	// Close the screen even if the shutdown fails.
	const end = () => void session.shutDown().finally(() => abort.abort());
	onEndSignal(
		code => {
			// All programs on the terminal get ctrl-c, but only the one that has it should react.
			if (code === signalExitCodes.SIGINT && handover.isHandedOver()) return;
			if (isPlain && code === signalExitCodes.SIGINT && handleInterrupt(session)) return;
			exitCode ||= code;
			end();
		},
		{readsLines: isPlain},
	);
	// Plain mode doesn't change the terminal, so the default behaviour is enough.
	if (!isPlain) onStopSignal(handover);
	// Also emitted for unhandled rejections.
	process.on('uncaughtException', error => {
		crash ??= {error};
		end();
	});
	try {
		await draw(session, {signal: abort.signal, handover});
	} catch (error) {
		crash ??= {error};
		// Further errors are consequences of this one.
		await session.shutDown().catch(() => {});
	}
	if (crash) throw crash.error;
	return exitCode;
};

/**
 * Handles ctrl-c as a signal: cancels the running command, the second time by force; else asks whether to leave, if
 * stdin is a terminal. Returns false if the program should end.
 */
const handleInterrupt = (session: Session): boolean => {
	const {runningStepId, question, ending} = session.getState();
	if (ending) return false;
	// The terminal has printed `^C` at the cursor.
	if (process.stdout.isTTY) process.stdout.write('\n');
	if (runningStepId !== null) session.send({intent: 'cancel'});
	else if (question || !process.stdin.isTTY) return false;
	else session.send({intent: 'quit'});
	return true;
};

/** The exit codes that a shell reports for these signals; this program handles them, and exits with the same codes. */
const signalExitCodes = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

/**
 * Calls back with the exit code for each signal that should end the program, and once when its terminal closes: not
 * every closing terminal sends SIGHUP to every program, but reading from it ends and writing to it fails.
 */
export const onEndSignal = (
	listener: (exitCode: number) => void,
	/** `readsLines`: the end of the input (ctrl-d) then doesn't mean that the terminal has closed. */
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
 * Raises SIGINT for a ctrl-c that the terminal passed on as a key. On Windows, a process that signals itself ends at
 * once with exit code 1, so this calls the listeners, or exits if there are none.
 */
export const raiseInterrupt = (): void => {
	if (process.platform !== 'win32') process.kill(process.pid, 'SIGINT');
	else if (!process.emit('SIGINT', 'SIGINT')) process.exit(signalExitCodes.SIGINT);
};

/**
 * On exit, Node restores the terminal settings, and aborts with a core dump if the terminal is gone. It skips
 * descriptors that the program has closed.
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

/** Milliseconds to wait for SIGTSTP to stop this program: it has no effect if no shell could continue it. */
const stopTimeoutMs = 100;

/**
 * Restores the terminal while this program is stopped (`ctrl-z`), and takes it back and redraws when it continues
 * (`fg`). Commands without the terminal keep running meanwhile. Windows has no such signals.
 */
const onStopSignal = (handover: TerminalHandover): void => {
	if (process.platform === 'win32') return;
	let isStopping = false;
	const stop = async () => {
		if (isStopping) return;
		isStopping = true;
		// A command that has the terminal returns it to the shell itself.
		await (handover.isHandedOver()
			? stopGroup(stop)
			: handover.handOver(handoverOptions, () => stopGroup(stop)));
		isStopping = false;
	};
	process.on('SIGTSTP', stop);
	// After SIGSTOP, which can't be caught, the terminal settings may have changed.
	process.on('SIGCONT', () => {
		if (!isStopping && !handover.isHandedOver()) void handover.handOver(handoverOptions, async () => true);
	});
};

const handoverOptions = {heading: null, waits: false, signal: new AbortController().signal};

/** Stops the whole process group, as the terminal would: a shell waits for npx, not for what npx has started. */
const stopGroup = async (listener: () => void): Promise<true> => {
	const continued = new Promise(resolve => process.once('SIGCONT', resolve));
	// Without a listener, the signal has its default effect.
	process.off('SIGTSTP', listener);
	process.kill(0, 'SIGTSTP');
	await Promise.race([continued, pause(stopTimeoutMs)]);
	process.on('SIGTSTP', listener);
	// Nothing reports a resize to a stopped program; this makes Node read the window size again.
	process.kill(process.pid, 'SIGWINCH');
	return true;
};

/**
 * The most files that the program has open at a time, besides Node's own: each docker command uses three pipes, and the
 * doctor runs several at once.
 */
const neededFiles = 48;

/** Throws a `UserError` if the limit of open files is too low for Node to start commands. */
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
 * Makes V8 collect garbage once the heap has grown by a fifth: with much memory it would wait far longer, and a flood
 * of output below the screen leaves 80 MB of garbage.
 */
export const tuneGarbageCollector = (): void => v8.setFlagsFromString('--heap-growing-percent=20');

declare const __VERSION__: string | undefined;

/** The version of this program, set at build time. */
export const programVersion = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0';
