import process from 'node:process';
import {render} from 'ink';
import type {Round} from '../review/round.js';
import {redrawOnResize, terminalSize} from './open-screen.js';
import {createRenderContext, type ScreenOptions} from './paint-first-frame.js';
import {ReviewScreen} from './screens/review/review-screen.js';

/** Draws a review on the alternate screen until its last item is answered, the learner leaves, or the signal is aborted. */
export const openReview = async (
	round: Round,
	{
		stdin = process.stdin,
		stdout = process.stdout,
		stderr = process.stderr,
		environment = process.env,
		signal,
	}: ScreenOptions = {},
): Promise<void> => {
	const renderContext = createRenderContext(environment);
	const leave = () => unmount();
	const layOut = () => (
		<ReviewScreen
			round={round}
			renderContext={renderContext}
			terminal={terminalSize(stdout)}
			onLeave={leave}
		/>
	);
	// Before the first frame: a key that is pressed as soon as it is seen must not end the program.
	if (stdin.isTTY) stdin.setRawMode(true);
	const {rerender, unmount, waitUntilExit, clear} = render(layOut(), {
		...{stdin, stdout, stderr},
		alternateScreen: true,
		exitOnCtrlC: false,
		patchConsole: false,
		interactive: true,
	});
	const leaveWindow = redrawOnResize(stdout, {
		mayDraw: () => true,
		forget: clear,
		layOut: () => rerender(layOut()),
	});
	signal?.addEventListener('abort', leave);
	try {
		await waitUntilExit();
	} finally {
		leaveWindow();
		signal?.removeEventListener('abort', leave);
	}
};
