import process from 'node:process';

const home = '\u001B[H';
const eraseScreen = '\u001B[2J';

/**
 * Draws every row anew whenever the window has changed, instead of Ink, whose listener must already be there: Ink first
 * draws its old layout once more, which no longer fits, and then only the rows that differ from it, although the terminal
 * has wrapped, cut or moved the others. It hears of nothing when a window shrinks and grows at once, as its size is the
 * same then. `mayDraw`: false while another program has the terminal. `forget`: makes Ink forget its last frame. `layOut`:
 * lays the screen out for the size that `stdout` has now. Returns its undo.
 */
export const drawAnewOnResize = (
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
	// Behind Node’s own listener, which reads the size.
	process.on('SIGWINCH', draw);
	return () => process.off('SIGWINCH', draw);
};
