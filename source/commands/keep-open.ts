import process from 'node:process';
import type {Lender} from '../session/create-lender.js';
import type {OpenSession} from '../session/create-session.js';
import {exitCodes, onEndSignal} from './end-signals.js';
import {interrupt} from './interrupt.js';
import {onStopSignal} from './stop-signals.js';

/** Shows a session until it has an ending, or the signal is aborted. */
export type Draw = (session: OpenSession, means: {signal: AbortSignal; lender: Lender}) => Promise<void>;

/**
 * Keeps a session on the screen until it ends: by itself, by a signal, with its terminal, or by an error that nobody
 * caught. Resolves with the exit code; rejects with that error. Either way nothing runs any more, and the terminal is as
 * it was found. `isPlain`: it reads lines, so that ctrl-c is a signal and not a key.
 */
export const keepOpen = async (
	session: OpenSession,
	draw: Draw,
	{isPlain, lender}: {isPlain: boolean; lender: Lender},
): Promise<number> => {
	let exitCode = 0;
	let crash: {error: unknown} | null = null;
	const abort = new AbortController();
	// However the session takes its end, the screen closes.
	const end = () => void session.shutDown().finally(() => abort.abort());
	onEndSignal(
		code => {
			// Ctrl-C on a terminal goes to all its programs; it means the one that has it.
			if (code === exitCodes.SIGINT && lender.isLent()) return;
			if (isPlain && code === exitCodes.SIGINT && interrupt(session)) return;
			exitCode ||= code;
			end();
		},
		{readsLines: isPlain},
	);
	// Lines leave the terminal as it is: there the system's own way is enough.
	if (!isPlain) onStopSignal(lender);
	// Promises that reject with nobody waiting come here too.
	process.on('uncaughtException', error => {
		crash ??= {error};
		end();
	});
	try {
		await draw(session, {signal: abort.signal, lender});
	} catch (error) {
		crash ??= {error};
		// What else goes wrong follows from it.
		await session.shutDown().catch(() => {});
	}
	if (crash) throw crash.error;
	return exitCode;
};
