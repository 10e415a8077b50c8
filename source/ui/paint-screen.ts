import process from 'node:process';
import type {SessionState} from '../session/state.js';
import {cleanLine} from '../text/clean-line.js';
import {layoutScreen, type Room} from './layout.js';
import type {ScreenOptions} from './open-screen.js';
import {openingPage, type Page} from './pages/opening-page.js';
import {pageLines, pageRoom} from './pages/page-lines.js';
import {selectSurroundings} from './select-surroundings.js';
import type {Surroundings} from './surroundings.js';
import {cutLine} from './text/line.js';
import {paintLine} from './text/paint-line.js';

/** A first frame that is on the terminal, without anybody who keeps it up to date. */
export type Painted = {
	state: SessionState;
	room: Room;
	/** Leaves the terminal as it was found: for when Ink does not come. */
	remove(): void;
};

/**
 * Draws the first frame of a session without Ink, which takes longer to load than all that comes before. It is the very
 * frame that Ink then begins with, in the same place. Null when nothing was drawn: the terminal doesn't tell its size, or
 * the session doesn't begin with a page.
 */
export const paintScreen = (
	state: SessionState,
	{stdin = process.stdin, stdout = process.stdout, environment = process.env}: ScreenOptions = {},
): Painted | null => {
	const {columns, rows} = stdout;
	if (!columns || !rows) return null;
	const surroundings = selectSurroundings(environment);
	const page = openingPage(state, surroundings.symbols);
	if (!page) return null;
	// What is typed from now on waits for Ink, and must not be echoed.
	if (stdin.isTTY) stdin.setRawMode(true);
	const room = {columns, rows};
	stdout.write(`${enter}${pageRows(page, {state, room, surroundings}).join('\n')}${home}`);
	return {
		state,
		room,
		remove() {
			stdout.write(leave);
			if (stdin.isTTY) stdin.setRawMode(false);
		},
	};
};

/** What has to be written before Ink draws over a painted frame: it is wiped off only when it is no longer right. */
export const drawOver = ({state, room}: Painted, now: SessionState, {columns, rows}: Room): string =>
	state === now && room.columns === columns && room.rows === rows ? home : `${home}${wipe}`;

const pageRows = (
	{linesFor}: Page,
	{state, room, surroundings}: {state: SessionState; room: Room; surroundings: Surroundings},
): string[] => {
	const layout = layoutScreen(room, 'nothing');
	const lines = linesFor(pageRoom(layout).columns);
	return pageLines(state, layout, surroundings.symbols, {lines, top: 0}).map(line =>
		// Like Ink, which lets no other sequences through than colours.
		cleanLine(paintLine(cutLine(line, layout.frame.columns), surroundings)),
	);
};

const home = '\u001B[H';
const wipe = '\u001B[J';
/**
 * To the alternate screen, without a cursor: as Ink does it, for whom doing so once more changes nothing. It is empty
 * there already, except in terminals without one, such as GNU screen as it comes.
 */
const enter = `\u001B[?1049h\u001B[?25l${home}${wipe}`;
const leave = '\u001B[?1049l\u001B[?25h';
