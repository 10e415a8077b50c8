import spinners, {type SpinnerName} from 'cli-spinners';
import type {VerdictWord} from '../checks/model.js';
import type {StageStatus} from '../stages/model.js';
import {isUtf8} from '../text/terminal-text.js';
import type {Span} from './line.js';
import type {Style} from './theme.js';

/** Every character on the screen that is neither a word nor a digit. */
export type Symbols = {
	status: Record<StageStatus, string>;
	/** Shown in turn instead of `status.running`: the name of a spinner of `cli-spinners`. */
	spinner: SpinnerName;
	verdict: Record<VerdictWord, string>;
	/** A name that Ink knows. */
	borderStyle: 'round' | 'classic';
	border: {topLeft: string; topRight: string; horizontal: string; vertical: string};
	rule: {horizontal: string; vertical: string; down: string; up: string};
	/** Lines by the sides at which they leave the cell: 1 up, 2 down, 4 left, 8 right, added. `curves`: those that join another. */
	graph: {lines: string[]; curves: string[]; arrow: string; from: string};
	/** A bar of a timeline. */
	span: string;
	bullet: string;
	/** Before and after what can be typed, within a sentence; empty where its colour tells. */
	code: string;
	gutter: string;
	separator: string;
	here: string;
	bar: string;
	ellipsis: string;
	arrows: {left: string; right: string; up: string; down: string};
	/** Between two things of which one leads to the other. */
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

/** The characters that a terminal can show, judged by the locale; on Windows by the terminal itself. */
export const selectSymbols = (
	environment: Record<string, string | undefined>,
	platform: NodeJS.Platform,
): Symbols => {
	if (platform === 'win32') return environment.WT_SESSION || environment.TERM_PROGRAM ? unicode : ascii;
	return isUtf8(environment) ? unicode : ascii;
};

/** What a terminal without Unicode gets for the marks in our own sentences. */
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

/** All of the above, and whatever else lines are drawn with. */
const nonAsciiMarks = new RegExp(`[${Object.keys(asciiMarks).join('')}\\u2500-\\u257F]`, 'g');

/** A text of ours for terminals that know no Unicode. */
export const toAscii = (text: string): string => text.replace(nonAsciiMarks, mark => asciiMarks[mark] ?? '+');

/** How each status of a stage or an instruction looks. */
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

/** The symbol of a status; what runs has one that turns. `frame`: counts up while the screen ticks. */
export const statusSymbol = (status: StageStatus, symbols: Symbols, frame: number): string =>
	status === 'running' ? spinnerFrame(symbols, frame) : symbols.status[status];

/** A mark that turns as long as it is on the screen. */
export const turningMark = (symbols: Symbols): Span => ({
	text: spinnerFrame(symbols, 0),
	style: 'running',
	turns: true,
});

/** What runs turns by itself where Ink places a mark; in a line that is painted, by the screen's ticks. */
export const spinnerFrame = ({spinner, status}: Symbols, frame: number): string => {
	const {frames} = spinners[spinner];
	return frames[frame % frames.length] ?? status.running;
};
