import unicode11 from '@xterm/addon-unicode11';
import headless from '@xterm/headless';

/** Colours as `default`, `palette 2` or `#rrggbb`. */
export type Cell = {
	text: string;
	foreground: string;
	background: string;
	bold: boolean;
	dim: boolean;
	inverse: boolean;
	underline: boolean;
};

/** The state in which a program can leave a terminal. */
export type TerminalState = {
	alternateScreen: boolean;
	cursorVisible: boolean;
	title: string;
	/** Whether the scrollback was ever erased. */
	scrollbackErased: boolean;
	/** Modes that change the input from keys, mouse and paste; none at first. */
	inputModes: string[];
};

export type TerminalEmulator = {
	/** Writes output; `done` is called when the screen shows it. */
	write(text: string, done: () => void): void;
	/** Calls back with the terminal's answers to queries. */
	onAnswer(listener: (text: string) => void): void;
	resize(columns: number, rows: number): void;
	screen(): string[];
	scrollback(): string[];
	cell(column: number, row: number): Cell;
	state(): TerminalState;
	/** False while a frame is drawn, between the marks of a synchronized update. */
	isWhole(): boolean;
	/** The number of times that the whole screen was erased. */
	erasures(): number;
};

type Buffer = InstanceType<typeof headless.Terminal>['buffer']['normal'];

const rowsOf = (buffer: Buffer, from: number, to: number): string[] => {
	const rows: string[] = [];
	for (let row = from; row < to; row++) rows.push(buffer.getLine(row)?.translateToString(true) ?? '');
	return rows;
};

const colourName = (colour: number, isDefault: boolean, isRgb: boolean): string => {
	if (isDefault) return 'default';
	return isRgb ? `#${colour.toString(16).padStart(6, '0')}` : `palette ${colour}`;
};

/** Tracks state that xterm does not expose: cursor, title, erased scrollback, and complete frames. */
const watchModes = (terminal: InstanceType<typeof headless.Terminal>) => {
	const modes = {cursorVisible: true, title: '', scrollbackErased: false};
	const drawing = {isWhole: true, erasures: 0};
	const follow = (final: string, isSet: boolean) =>
		terminal.parser.registerCsiHandler({prefix: '?', final}, params => {
			if (params.includes(25)) modes.cursorVisible = isSet;
			if (params.includes(2026)) drawing.isWhole = !isSet;
			// False lets xterm handle the sequence, too.
			return false;
		});
	follow('h', true);
	follow('l', false);
	terminal.parser.registerCsiHandler({final: 'J'}, params => {
		modes.scrollbackErased ||= params.includes(3);
		if (params.includes(2)) drawing.erasures++;
		return false;
	});
	terminal.onTitleChange(title => {
		modes.title = title;
	});
	return {modes, drawing};
};

const inputModesOf = ({modes}: InstanceType<typeof headless.Terminal>): string[] => [
	...(modes.bracketedPasteMode ? ['bracketed paste'] : []),
	...(modes.applicationCursorKeysMode ? ['application cursor keys'] : []),
	...(modes.applicationKeypadMode ? ['application keypad'] : []),
	...(modes.sendFocusMode ? ['focus'] : []),
	...(modes.mouseTrackingMode === 'none' ? [] : [`mouse ${modes.mouseTrackingMode}`]),
];

/** Creates a headless terminal with the character widths of Unicode 11, like today's terminals. */
export const emulateTerminal = (columns: number, rows: number): TerminalEmulator => {
	const terminal = new headless.Terminal({cols: columns, rows, scrollback: 10_000, allowProposedApi: true});
	terminal.loadAddon(new unicode11.Unicode11Addon());
	terminal.unicode.activeVersion = '11';
	const {modes, drawing} = watchModes(terminal);
	const {buffer} = terminal;

	return {
		write: (text, done) => terminal.write(text, done),
		onAnswer: listener => terminal.onData(listener),
		resize: (newColumns, newRows) => terminal.resize(newColumns, newRows),
		screen: () => rowsOf(buffer.active, buffer.active.baseY, buffer.active.baseY + terminal.rows),
		scrollback: () => rowsOf(buffer.normal, 0, buffer.normal.baseY),
		cell(column, row) {
			const cell = buffer.active.getLine(buffer.active.baseY + row)?.getCell(column);
			if (!cell) throw new Error(`The screen has no cell at column ${column}, row ${row}.`);
			return {
				text: cell.getChars(),
				foreground: colourName(cell.getFgColor(), cell.isFgDefault(), cell.isFgRGB()),
				background: colourName(cell.getBgColor(), cell.isBgDefault(), cell.isBgRGB()),
				bold: Boolean(cell.isBold()),
				dim: Boolean(cell.isDim()),
				inverse: Boolean(cell.isInverse()),
				underline: Boolean(cell.isUnderline()),
			};
		},
		state: () => ({
			...modes,
			alternateScreen: buffer.active.type === 'alternate',
			inputModes: inputModesOf(terminal),
		}),
		isWhole: () => drawing.isWhole,
		erasures: () => drawing.erasures,
	};
};
