import type {BoardHub} from './board-hub.js';
import {openBoardServer} from './board-server.js';
import {openBoardPlain} from './terminal/open-board-plain.js';
import type {TerminalBoardOptions} from './terminal/perform-command.js';

/**
 * Shows a class to its teacher, on a page of this machine and in the terminal, where the address of the page stands.
 * `isPlain`: in sentences instead of on the whole screen. Resolves when the class is over or the teacher leaves the board.
 */
export const openBoard = async (
	hub: BoardHub,
	{isPlain, ...options}: Omit<TerminalBoardOptions, 'url'> & {isPlain: boolean},
): Promise<void> => {
	const {url, close} = await openBoardServer(hub);
	try {
		// Ink takes longer to load than all else.
		const open = isPlain ? openBoardPlain : (await import('./terminal/open-board-screen.js')).openBoardScreen;
		await open(hub, {url, ...options});
	} finally {
		await close();
	}
};
