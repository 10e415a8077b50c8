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
 * A read that is under way would take the first keys away from the command. Ink reads on demand, and a stream that does
 * so counts as paused already: only one that flows stops reading when it is paused.
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

/** Without raw mode a terminal hands over whole lines; what it answered to the command may stand before the line break. */
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
 * What a command that crashed may have left on: colours, keys in application mode, the mouse, focus, pasted text in
 * brackets, the alternate screen (without moving the cursor), no cursor.
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
