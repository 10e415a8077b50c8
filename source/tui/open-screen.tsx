import process from 'node:process';
import {render} from 'ink';
import type {Session} from '../session/session.js';
import {createTerminalHandover} from '../session/terminal-handover.js';
import {App} from './app.js';
import {createRenderContext, replaceSequence, type ScreenOptions} from './paint-first-frame.js';
import type {Size} from './text/layout.js';

/**
 * Draws the session on the alternate screen until it has an ending. Resolves once the terminal is as it was before, and
 * the summary of the ending is printed. Rejects with any error that drawing throws.
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
		handover = createTerminalHandover(),
		painted = null,
	}: ScreenOptions = {},
): Promise<void> => {
	// Ink does this only after its first frame; a key pressed before that would be echoed and shift every row.
	if (stdin.isTTY) stdin.setRawMode(true);
	if (painted) stdout.write(replaceSequence(painted, session.getState(), stdout));
	const renderContext = createRenderContext(environment, now);
	const layOut = () => (
		<App
			session={session}
			renderContext={renderContext}
			handover={handover}
			terminal={terminalSize(stdout)}
		/>
	);
	const {rerender, unmount, waitUntilExit, clear} = render(layOut(), {
		stdin,
		stdout,
		stderr,
		alternateScreen: true,
		incrementalRendering: true,
		// Far above the 15 snapshots a second: with a limit of 15, Ink would drop every other one.
		maxFps: 60,
		exitOnCtrlC: false,
		patchConsole: false,
		// Otherwise, Ink would draw nothing if the variable `CI` is set.
		interactive: true,
	});
	const leaveWindow = redrawOnResize(stdout, {
		mayDraw: () => !handover.isHandedOver(),
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

/** The size of the terminal or, if it doesn’t report one, the usual 80×24. */
export const terminalSize = ({columns, rows}: NodeJS.WriteStream): Size => ({
	columns: columns || 80,
	rows: rows || 24,
});

const home = '\u001B[H';
const eraseScreen = '\u001B[2J';

/**
 * Redraws every row when the size of the window changes. This replaces Ink's own listener, so Ink must have registered
 * it already. Ink would draw its old layout once more, which no longer fits, and then only the rows that differ from
 * it, although the terminal has wrapped, cut or moved the others. It would also miss a window that shrinks and grows
 * back at once, because its size is the same again. `mayDraw`: false while another program has the terminal. `forget`:
 * makes Ink forget its last frame. `layOut`: lays the screen out for the current size of `stdout`. Returns a function
 * that stops it.
 */
export const redrawOnResize = (
	stdout: NodeJS.WriteStream,
	{mayDraw, forget, layOut}: {mayDraw(): boolean; forget(): void; layOut(): void},
): (() => void) => {
	const draw = () => {
		if (mayDraw()) {
			stdout.write(home + eraseScreen);
			forget();
		}
		layOut();
	};
	stdout.removeAllListeners('resize');
	if (stdout !== process.stdout) {
		stdout.on('resize', draw);
		return () => stdout.off('resize', draw);
	}
	// After Node’s own listener, which reads the new size.
	process.on('SIGWINCH', draw);
	return () => process.off('SIGWINCH', draw);
};
