import process from 'node:process';

const home = '\u001B[H';
const eraseScreen = '\u001B[2J';

/**
 * Draws every row anew whenever the window has changed. Ink writes only the rows that differ from those of its last frame,
 * but a window that shrank has lost some of these; and when it shrinks and grows at once, Ink hears of nothing, as its
 * size is the same. `mayDraw`: false while another program has the terminal. `forget`: makes Ink forget its last frame.
 * Returns its undo.
 */
export const drawAnewOnResize = (
	stdout: NodeJS.WriteStream,
	{mayDraw, forget}: {mayDraw(): boolean; forget(): void},
): (() => void) => {
	if (stdout !== process.stdout) return () => {};
	const draw = () => {
		if (!mayDraw()) return;
		stdout.write(home + eraseScreen);
		forget();
		stdout.emit('resize');
	};
	// Behind Node's own listener, which reads the size.
	process.on('SIGWINCH', draw);
	return () => process.off('SIGWINCH', draw);
};
