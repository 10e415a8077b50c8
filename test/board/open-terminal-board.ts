import '../tui/force-colours.js';
import {PassThrough} from 'node:stream';
import type {ExecutionContext} from 'ava';
import {openBoardPlain} from '../../source/board/terminal/open-board-plain.js';
import {openBoardScreen} from '../../source/board/terminal/open-board-screen.js';
import {emulateTerminal} from '../tools/emulate-terminal.js';
import {type FakeHub, fakeClass, openFakeHub} from '../tools/fakes/fake-class.js';
import {watchScreen} from '../tools/watch-screen.js';

/** A board in the terminal, as a test uses it. */
export type TerminalBoard = {
	hub: FakeHub;
	/** Types: characters or escape sequences. */
	press(keys: string): void;
	/** Ends the input. */
	endInput(): void;
	/** All that was written. */
	written(): string;
	/** Resolves with the rows as soon as they match. */
	waitFor(wanted: RegExp): Promise<string[]>;
	state: ReturnType<typeof emulateTerminal>['state'];
	/** Resolves when the board is left. */
	left: Promise<void>;
};

type Options = {
	first?: Parameters<typeof openFakeHub>[0];
	isPlain?: boolean;
	/** Whether a person types. Default: true. */
	isTerminal?: boolean;
	columns?: number;
	rows?: number;
	environment?: Record<string, string>;
};

/** Opens a board on an emulated terminal; the end of the test closes it. */
export const openTerminalBoard = (
	t: ExecutionContext,
	{
		first = fakeClass({seats: 12}),
		isPlain = false,
		isTerminal = true,
		columns = 100,
		rows = 60,
		environment = {LANG: 'C.UTF-8'},
	}: Options = {},
): TerminalBoard => {
	const hub = openFakeHub(first);
	const emulator = emulateTerminal(columns, rows);
	const watch = watchScreen(emulator);
	const stdout = Object.assign(new PassThrough({encoding: 'utf8'}), {isTTY: true, columns, rows});
	const stdin = Object.assign(new PassThrough({encoding: 'utf8'}), {
		isTTY: isTerminal,
		setRawMode: () => {},
		ref: () => {},
		unref: () => {},
	});
	let written = '';
	stdout.on('data', (text: string) => {
		written += text;
		emulator.write(text.replaceAll('\n', '\r\n'), watch.look);
	});
	const abort = new AbortController();
	const left = (isPlain ? openBoardPlain : openBoardScreen)(hub, {
		url: 'http://127.0.0.1:1/token/',
		stdin: stdin as unknown as NodeJS.ReadStream,
		stdout: stdout as unknown as NodeJS.WriteStream,
		environment,
		signal: abort.signal,
	});
	t.teardown(async () => {
		abort.abort();
		await left;
	});
	return {
		hub,
		press: keys => void stdin.write(keys),
		endInput: () => void stdin.end(),
		written: () => written,
		waitFor: wanted => watch.waitUntil(found => wanted.test(found.join('\n')), String(wanted)),
		state: emulator.state,
		left,
	};
};
