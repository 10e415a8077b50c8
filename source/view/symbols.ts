import spinners, {type SpinnerName} from 'cli-spinners';
import type {VerdictWord} from '../checks/model.js';
import type {StageStatus} from '../stages/model.js';
import {isUtf8} from '../text/terminal-text.js';
import type {Span} from './line.js';
import type {Style} from './theme.js';

/** The marks and the line-drawing characters of the screen. */
export type Symbols = {
	status: Record<StageStatus, string>;
	/** The spinner of `cli-spinners` whose frames replace `status.running`. */
	spinner: SpinnerName;
	verdict: Record<VerdictWord, string>;
	/** A border style of Ink. */
	borderStyle: 'round' | 'classic';
	border: {topLeft: string; topRight: string; horizontal: string; vertical: string};
	rule: {horizontal: string; vertical: string; down: string; up: string};
	/**
	 * Line characters. The index is the sum of the sides that a line touches: 1 up, 2 down, 4 left, 8 right. `curves`: for
	 * a line that crosses another.
	 */
	graph: {lines: string[]; curves: string[]; arrow: string; from: string};
	/** A bar of a timeline. */
	span: string;
	bullet: string;
	/** Encloses code in a sentence. Empty on the screen, where code has a style of its own. */
	code: string;
	gutter: string;
	separator: string;
	here: string;
	bar: string;
	ellipsis: string;
	arrows: {left: string; right: string; up: string; down: string};
	/** Between two links of the port chain. */
	leadsTo: string;
	more: {above: string; below: string};
};

const unicode: Symbols = {
	status: {
		waiting: '○',
		running: '●',
		cached: '◆',
		done: '✔',
		failed: '✖',
		skipped: '⊘',
		cancelled: '■',
		unknown: '?',
	},
	spinner: 'dots',
	verdict: {passed: '✔', failed: '✖', unknown: '?'},
	borderStyle: 'round',
	border: {topLeft: '╭', topRight: '╮', horizontal: '─', vertical: '│'},
	rule: {horizontal: '─', vertical: '│', down: '┬', up: '┴'},
	graph: {lines: [...' │││─┘┐┤─└┌├─┴┬┼'], curves: [...' │││─╯╮┤─╰╭├─┴┬┼'], arrow: '▶', from: '←'},
	span: '▆',
	bullet: '•',
	code: '',
	gutter: '│',
	separator: '·',
	here: '▸',
	bar: '█',
	ellipsis: '…',
	arrows: {left: '←', right: '→', up: '↑', down: '↓'},
	leadsTo: '→',
	more: {above: '▲', below: '▼'},
};

const ascii: Symbols = {
	status: {
		waiting: 'o',
		running: '*',
		cached: '=',
		done: '+',
		failed: 'x',
		skipped: '-',
		cancelled: '#',
		unknown: '?',
	},
	spinner: 'line',
	verdict: {passed: '+', failed: 'x', unknown: '?'},
	borderStyle: 'classic',
	border: {topLeft: '+', topRight: '+', horizontal: '-', vertical: '|'},
	rule: {horizontal: '-', vertical: '|', down: '+', up: '+'},
	graph: {lines: [...' |||-+++-+++-+++'], curves: [...' |||-+++-+++-+++'], arrow: '>', from: '<-'},
	span: '=',
	bullet: '*',
	code: '',
	gutter: '|',
	separator: '-',
	here: '>',
	bar: '#',
	ellipsis: '~',
	arrows: {left: 'left', right: 'right', up: 'up', down: 'down'},
	leadsTo: '->',
	more: {above: '^', below: 'v'},
};

/** Selects symbols that the terminal can show, judging by the locale or, on Windows, by the terminal program. */
export const selectSymbols = (
	environment: Record<string, string | undefined>,
	platform: NodeJS.Platform,
): Symbols => {
	if (platform === 'win32') return environment.WT_SESSION || environment.TERM_PROGRAM ? unicode : ascii;
	return isUtf8(environment) ? unicode : ascii;
};

/** ASCII replacements for the characters in our own sentences. */
const asciiMarks: Record<string, string> = {
	'…': '~',
	'·': '-',
	'–': '-',
	'—': '-',
	'×': 'x',
	'’': "'",
	'“': '"',
	'”': '"',
	'─': '-',
	'│': '|',
	'→': '>',
};

/** These characters, and all box-drawing characters. */
const nonAsciiMarks = new RegExp(`[${Object.keys(asciiMarks).join('')}\\u2500-\\u257F]`, 'g');

/** One of our own texts for a terminal without Unicode. */
export const toAscii = (text: string): string => text.replace(nonAsciiMarks, mark => asciiMarks[mark] ?? '+');

/** The style of each status of a stage or an instruction. */
export const statusStyles: Record<StageStatus, Style> = {
	waiting: 'muted',
	running: 'running',
	cached: 'cached',
	done: 'passed',
	failed: 'failed',
	skipped: 'muted',
	cancelled: 'unknown',
	unknown: 'unknown',
};

/**
 * The symbol of a status; for `running`, a frame of the spinner. `frame`: goes up by one with each tick of the screen.
 */
export const statusSymbol = (status: StageStatus, symbols: Symbols, frame: number): string =>
	status === 'running' ? spinnerFrame(symbols, frame) : symbols.status[status];

/** A spinner, which Ink animates as long as it is on the screen. */
export const turningMark = (symbols: Symbols): Span => ({
	text: spinnerFrame(symbols, 0),
	style: 'running',
	turns: true,
});

/** A frame of the spinner. Where Ink doesn't animate it, each tick of the screen draws the next frame. */
export const spinnerFrame = ({spinner, status}: Symbols, frame: number): string => {
	const {frames} = spinners[spinner];
	return frames[frame % frames.length] ?? status.running;
};
