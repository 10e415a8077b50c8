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

/** What a program can leave a terminal in. */
export type TerminalState = {
	alternateScreen: boolean;
	cursorVisible: boolean;
	title: string;
	/** Whether what had left the screen at its top was ever erased. */
	scrollbackErased: boolean;
	/** What keys, the mouse and pasted text send; none of it is set at first. */
	inputModes: string[];
};

export type TerminalEmulator = {
	/** Feeds output; `done` is called when it is on the screen. */
	write(text: string, done: () => void): void;
	/** What the terminal itself sends back when a program asks it something. */
	onAnswer(listener: (text: string) => void): void;
	resize(columns: number, rows: number): void;
	screen(): string[];
	scrollback(): string[];
	cell(column: number, row: number): Cell;
	state(): TerminalState;
	/** False while a frame is being drawn: from the mark that a program sends before it to the one behind it. */
	isWhole(): boolean;
	/** How often the whole screen was erased. */
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

/** What xterm keeps to itself: the cursor, the window's title, that the scrollback was erased, and whole frames. */
const watchModes = (terminal: InstanceType<typeof headless.Terminal>) => {
	const modes = {cursorVisible: true, title: '', scrollbackErased: false};
	const drawing = {isWhole: true, erasures: 0};
	const follow = (final: string, isSet: boolean) =>
		terminal.parser.registerCsiHandler({prefix: '?', final}, params => {
			if (params.includes(25)) modes.cursorVisible = isSet;
			if (params.includes(2026)) drawing.isWhole = !isSet;
			// False: xterm handles the sequence as well.
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

/** A terminal without a window, as wide characters and emoji are measured by today's terminals (Unicode 11). */
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
