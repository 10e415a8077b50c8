import {Box, useInput, usePaste} from 'ink';
import {useRef, useState} from 'react';
import type {Room} from '../../classroom/select-board.js';
import {messages} from '../../messages/index.js';
import {Lines} from '../../tui/components/lines.js';
import {keyNames, pastedText, typedText} from '../../tui/keymap/key-names.js';
import {type Size, scrollLines, visibleRows} from '../../tui/text/layout.js';
import {useRenderContext} from '../../tui/text/render-context.js';
import {keySpans, type Line, span} from '../../view/line.js';
import {spacing} from '../../view/theme.js';
import {readBoardCommand} from './board-command.js';
import {boardLines} from './board-lines.js';

/** What a key begins to type. */
const begun: Record<string, string> = {
	':': '',
	s: 'say ',
	r: 'release ',
	p: 'pace ',
	c: 'countdown ',
	l: 'lower ',
	e: 'end',
	'?': 'help',
};

type BoardScreenProps = {
	room: Room;
	/** The keys of the findings that have a number. */
	known: string[];
	url: string;
	terminal: Size;
	/** Does what a line asks for, and resolves with what to tell of it. */
	onCommand: (command: ReturnType<typeof readBoardCommand>) => Promise<string>;
	onLeave: () => void;
};

/** Rows from which on there is room for the QR code. */
const qrRows = 34;
const qrColumns = 84;

/** The board on the whole terminal: the room, the last answer or the line that is typed, the keys. */
export const BoardScreen = ({room, known, url, terminal, onCommand, onLeave}: BoardScreenProps) => {
	const {symbols} = useRenderContext();
	const columns = Math.max(1, terminal.columns - 2 * spacing.margin);
	const hasQrCode = terminal.rows >= qrRows && terminal.columns >= qrColumns;
	const lines = boardLines(room, known, {columns, symbols, url, hasQrCode});
	// One row less than the terminal, so that nothing ever scrolls; two below the board.
	const size = {columns, rows: Math.max(1, terminal.rows - 3)};
	const last = Math.max(0, lines.length - visibleRows(lines.length, size));
	const [top, setTop] = useState(0);
	const {typed, answer} = useCommandLine({
		onLine: line => onCommand(readBoardCommand(line, room, known)),
		onLeave,
		onScroll: by =>
			setTop(before => Math.max(0, Math.min(before + by * (Math.abs(by) > 1 ? size.rows : 1), last))),
	});
	const below: Line[] = [
		typed === null
			? [span(answer, 'strong')]
			: [span('> ', 'muted'), span(typed, 'typed'), span(' ', 'match')],
		keySpans(messages.board.terminal.keys),
	];
	return (
		<Box flexDirection="column" paddingX={spacing.margin}>
			<Lines lines={scrollLines(lines, size, Math.min(top, last), symbols)} size={size} />
			<Lines lines={below} size={{columns, rows: below.length}} />
		</Box>
	);
};

/** By how much keys scroll; 2 is a page. */
const scrollKeys: Record<string, number> = {up: -1, down: 1, 'page-up': -2, 'page-down': 2};

type CommandLineHandlers = {
	onLine: (line: string) => Promise<string>;
	onLeave: () => void;
	/** 1 and -1: by a line; 2 and -2: by a page. */
	onScroll: (by: number) => void;
};

/** The line that is typed, null while none is; and what the last one came to. */
const useCommandLine = ({onLine, onLeave, onScroll}: CommandLineHandlers) => {
	// Keys can come faster than frames: each finds what the key before it did.
	const latest = useRef<string | null>(null);
	const [typed, drawTyped] = useState<string | null>(null);
	const [answer, setAnswer] = useState('');
	/** Whether the last key asked to close the class. */
	const isLeaving = useRef(false);
	const change = (line: string | null) => {
		latest.current = line;
		drawTyped(line);
	};
	const write = (text: string) => {
		if (latest.current !== null) change(latest.current + text);
	};
	const press = (name: string) => {
		const line = latest.current;
		const scrolled = scrollKeys[name];
		const wasLeaving = isLeaving.current;
		isLeaving.current = name === 'ctrl-c' || (name === 'q' && line === null);
		if (isLeaving.current) {
			change(null);
			if (wasLeaving) onLeave();
			else setAnswer(messages.board.terminal.leave);
		} else if (scrolled !== undefined) onScroll(scrolled);
		else if (line === null) change(Object.hasOwn(begun, name) ? (begun[name] ?? null) : null);
		else if (name === 'escape') change(null);
		else if (name === 'backspace') change([...line].slice(0, -1).join(''));
		else if (name !== 'enter') write(typedText(name));
		else {
			change(null);
			void onLine(line).then(setAnswer);
		}
	};
	useInput((input, key) => {
		for (const name of keyNames(input, key, latest.current !== null)) press(name);
	});
	usePaste(text => write(pastedText(text).replaceAll('\n', ' ')), {isActive: typed !== null});
	return {typed, answer};
};
