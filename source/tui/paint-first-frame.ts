import process from 'node:process';
import type {SessionState} from '../session/state.js';
import type {TerminalHandover} from '../session/terminal-handover.js';
import {cleanLine} from '../text/terminal-text.js';
import {cutLine} from '../view/line.js';
import {selectSymbols} from '../view/symbols.js';
import {pageLines, pageSize} from './screens/page/page-lines.js';
import {selectTextPage, type TextPage} from './screens/page/text-page.js';
import {layoutScreen, type Size} from './text/layout.js';
import {paintLine} from './text/paint-line.js';
import type {RenderContext} from './text/render-context.js';

/** A first frame that is on the terminal and that nothing updates yet. */
export type PaintedFrame = {
	state: SessionState;
	size: Size;
	/** Restores the terminal, in case Ink never takes over. */
	remove(): void;
};

/**
 * Draws the first frame of a session without Ink, because loading Ink takes longer than everything before it. Ink then
 * begins with the same frame in the same place. Null if nothing was drawn, because the terminal doesn't report its size
 * or the session doesn't begin with a page.
 */
export const paintFirstFrame = (
	state: SessionState,
	{stdin = process.stdin, stdout = process.stdout, environment = process.env}: ScreenOptions = {},
): PaintedFrame | null => {
	const {columns, rows} = stdout;
	if (!columns || !rows) return null;
	const renderContext = createRenderContext(environment);
	const page = selectTextPage(state, renderContext.symbols);
	if (!page) return null;
	// Keys pressed from now on wait for Ink, and must not be echoed.
	if (stdin.isTTY) stdin.setRawMode(true);
	const size = {columns, rows};
	stdout.write(`${enterSequence}${pageRows(page, {state, size, renderContext}).join('\n')}${home}`);
	return {
		state,
		size,
		remove() {
			stdout.write(leaveSequence);
			if (stdin.isTTY) stdin.setRawMode(false);
		},
	};
};

/**
 * What to write before Ink draws over a painted frame. It erases the frame only if the state or the size has changed.
 */
export const replaceSequence = (
	{state, size}: PaintedFrame,
	now: SessionState,
	{columns, rows}: Size,
): string =>
	state === now && size.columns === columns && size.rows === rows ? home : `${home}${eraseBelow}`;

const pageRows = (
	{linesFor}: TextPage,
	{state, size, renderContext}: {state: SessionState; size: Size; renderContext: RenderContext},
): string[] => {
	const layout = layoutScreen(size, 'nothing');
	const lines = linesFor(pageSize(layout).columns);
	return pageLines(state, layout, renderContext.symbols, {lines, top: 0}).map(line =>
		// Like Ink, which lets only colour sequences through.
		cleanLine(paintLine(cutLine(line, layout.frame.columns), renderContext)),
	);
};

const home = '\u001B[H';

const eraseBelow = '\u001B[J';
/**
 * Switches to the alternate screen and hides the cursor. Ink does the same again, which changes nothing. The alternate
 * screen is empty already, but some terminals have none, such as GNU screen by default, so it is erased.
 */
const enterSequence = `\u001B[?1049h\u001B[?25l${home}${eraseBelow}`;

const leaveSequence = '\u001B[?1049l\u001B[?25h';

/** How to draw, according to environment variables. `now`: milliseconds since 1970. */
export const createRenderContext = (
	environment: Record<string, string | undefined>,
	now: () => number = Date.now,
): RenderContext => ({
	symbols: selectSymbols(environment, process.platform),
	isColoured: !environment.NO_COLOR && environment.FORCE_COLOR !== '0',
	now,
});

/** Where and how to draw. All default to the process's own. */
export type ScreenOptions = {
	stdin?: NodeJS.ReadStream;
	stdout?: NodeJS.WriteStream;
	stderr?: NodeJS.WriteStream;
	/** Locale and `NO_COLOR` are read from it. */
	environment?: Record<string, string | undefined>;
	/** Milliseconds since 1970. */
	now?: () => number;
	/** Closes the screen, whether the session has an ending or not. */
	signal?: AbortSignal;
	/** Lends the terminal to commands that need it. */
	handover?: TerminalHandover;
	/** The frame that is already on the terminal; null: none. */
	painted?: PaintedFrame | null;
};
