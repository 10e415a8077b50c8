import process from 'node:process';
import {render} from 'ink';
import {createLender, type Lender} from '../session/create-lender.js';
import type {Session} from '../session/state.js';
import {App} from './app.js';
import {drawAnewOnResize} from './draw-anew-on-resize.js';
import type {Room} from './layout.js';
import {drawOver, type Painted} from './paint-screen.js';
import {selectSurroundings} from './select-surroundings.js';

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
	lender?: Lender;
	/** The frame that stands there already. */
	painted?: Painted | null;
};

/**
 * Draws the session on the alternate screen until it has an ending. Resolves when the last frame is gone, the terminal
 * is as it was found, and the ending's summary stands in the scrollback. Rejects with what the drawing threw.
 */
export const openScreen = async (
	session: Session,
	{
		stdin = process.stdin,
		stdout = process.stdout,
		stderr = process.stderr,
		environment = process.env,
		now = Date.now,
		signal,
		lender = createLender(),
		painted = null,
	}: ScreenOptions = {},
): Promise<void> => {
	// Ink does so after its first frame: a key that comes before would be echoed into it and shift every row.
	if (stdin.isTTY) stdin.setRawMode(true);
	if (painted) stdout.write(drawOver(painted, session.getState(), stdout));
	const surroundings = selectSurroundings(environment, now);
	const layOut = () => (
		<App session={session} surroundings={surroundings} lender={lender} terminal={sizeOf(stdout)} />
	);
	const {rerender, unmount, waitUntilExit, clear} = render(layOut(), {
		stdin,
		stdout,
		stderr,
		alternateScreen: true,
		incrementalRendering: true,
		// More than the 15 snapshots a second: at their own rate Ink would drop every other one.
		maxFps: 60,
		exitOnCtrlC: false,
		patchConsole: false,
		// Otherwise Ink would draw nothing where the variable CI is set.
		interactive: true,
	});
	const leaveWindow = drawAnewOnResize(stdout, {
		mayDraw: () => !lender.isLent(),
		forget: clear,
		layOut: () => rerender(layOut()),
	});
	const close = () => {
		if (session.getState().ending || signal?.aborted) unmount();
	};
	const unsubscribe = session.subscribe(close);
	signal?.addEventListener('abort', close);
	try {
		close();
		await waitUntilExit();
	} finally {
		unsubscribe();
		leaveWindow();
		signal?.removeEventListener('abort', close);
	}
	const summary = session.getState().ending?.summary ?? [];
	stdout.write(summary.map(line => `${line}\n`).join(''));
};

/** A terminal that doesn’t tell its size most likely has the size that terminals once had. */
const sizeOf = ({columns, rows}: NodeJS.WriteStream): Room => ({columns: columns || 80, rows: rows || 24});
