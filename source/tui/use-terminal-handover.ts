import {useApp, useStdin, useStdout} from 'ink';
import {useEffect} from 'react';
import {messages} from '../messages/index.js';
import type {HandoverOptions, TerminalHandover} from '../session/terminal-handover.js';

/** Releases the terminal while a command uses it, and redraws the screen afterwards. */
export const useTerminalHandover = (handover: TerminalHandover): void => {
	const {suspendTerminal} = useApp();
	const {stdin} = useStdin();
	const {stdout} = useStdout();
	useEffect(() => {
		const letGo = ({heading, waits, signal}: HandoverOptions, use: () => Promise<void>) =>
			suspendTerminal(async () => {
				await stopReading(stdin);
				if (heading !== null) stdout.write(`${heading}\n`);
				await use();
				stdout.write(resetTerminal);
				if (!waits || signal.aborted) return;
				stdout.write(`\n${messages.tui.pressEnterToReturn} `);
				await waitForEnter(stdin, signal);
			});
		return handover.onHandover(letGo);
	}, [handover, suspendTerminal, stdin, stdout]);
};

/**
 * Stops a pending read, which would take the first keys away from the command. Ink reads on demand, and a stream that
 * is read on demand counts as paused already; it has to flow before pausing it stops the read.
 */
const stopReading = async (stdin: NodeJS.ReadableStream): Promise<void> => {
	stdin.resume();
	await twoTicks();
	stdin.pause();
	await twoTicks();
};

const twoTicks = async (): Promise<void> => {
	for (let tick = 0; tick < 2; tick++) await new Promise(setImmediate);
};

/**
 * Waits for enter. Without raw mode, a terminal delivers whole lines, which may begin with its answers to the command.
 */
const waitForEnter = (stdin: NodeJS.ReadableStream & {ref?(): void}, signal: AbortSignal): Promise<void> =>
	new Promise(resolve => {
		const look = (text: Buffer | string) => /[\r\n]/.test(text.toString()) && done();
		const done = () => {
			stdin.off('data', look).off('end', done).off('error', done);
			signal.removeEventListener('abort', done);
			stdin.pause();
			resolve();
		};
		signal.addEventListener('abort', done, {once: true});
		stdin.on('data', look).once('end', done).once('error', done);
		stdin.ref?.();
		stdin.resume();
	});

/**
 * Resets what a crashed command may have left on: colours, application keys, mouse and focus reports, bracketed paste,
 * the alternate screen (without moving the cursor), and a hidden cursor.
 */
const resetTerminal = [
	'\u001B[0m',
	'\u001B[?1l\u001B>',
	'\u001B[?1000l\u001B[?1002l\u001B[?1003l\u001B[?1006l',
	'\u001B[?1004l',
	'\u001B[?2004l',
	'\u001B[?1047l',
	'\u001B[?25h',
].join('');
