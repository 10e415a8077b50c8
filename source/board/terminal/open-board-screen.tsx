import process from 'node:process';
import {render} from 'ink';
import type {Room} from '../../classroom/select-board.js';
import {messages} from '../../messages/index.js';
import {redrawOnResize} from '../../tui/open-screen.js';
import {createRenderContext} from '../../tui/paint-first-frame.js';
import {CurrentRenderContext} from '../../tui/text/render-context.js';
import type {BoardHub} from '../board-hub.js';
import {followRoom} from '../follow-room.js';
import {BoardScreen} from './board-screen.js';
import {performCommand, type TerminalBoardOptions} from './perform-command.js';

/**
 * Draws a class on the alternate screen, and does what its keys ask for. Resolves when the class is over, on ctrl-c, or
 * when `signal` says so, with the terminal as it was found.
 */
export const openBoardScreen = async (
	hub: BoardHub,
	{
		url,
		stdin = process.stdin,
		stdout = process.stdout,
		environment = process.env,
		signal,
	}: TerminalBoardOptions,
): Promise<void> => {
	const renderContext = createRenderContext(environment);
	const known: string[] = [];
	const latest: {room: Room | null} = {room: null};
	const layOut = () => (
		<CurrentRenderContext value={renderContext}>
			{latest.room && (
				<BoardScreen
					room={latest.room}
					known={known}
					url={url}
					terminal={{columns: stdout.columns || 80, rows: stdout.rows || 24}}
					onCommand={async command =>
						'shows' in command ? messages.board.terminal.help : performCommand(hub, command)
					}
					onLeave={() => unmount()}
				/>
			)}
		</CurrentRenderContext>
	);
	const {rerender, unmount, waitUntilExit, clear} = render(layOut(), {
		stdin,
		stdout,
		alternateScreen: true,
		incrementalRendering: true,
		exitOnCtrlC: false,
		patchConsole: false,
		// Otherwise Ink would draw nothing where the variable CI is set.
		interactive: true,
	});
	const draw = () => rerender(layOut());
	const leaveWindow = redrawOnResize(stdout, {mayDraw: () => true, forget: clear, layOut: draw});
	const stopFollowing = followRoom(hub, room => {
		latest.room = room;
		draw();
		if (room.class.isOver) unmount();
	});
	const close = () => unmount();
	signal?.addEventListener('abort', close);
	try {
		if (signal?.aborted) close();
		await waitUntilExit();
	} finally {
		stopFollowing();
		leaveWindow();
		signal?.removeEventListener('abort', close);
	}
	if (latest.room?.class.isOver) stdout.write(`${messages.board.page.isOver}\n`);
};
