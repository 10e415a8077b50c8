import {messages} from '../../messages/index.js';
import {UserError} from '../../text/user-error.js';
import type {BoardHub} from '../board-hub.js';
import type {BoardCommand} from './board-command.js';

/** Where a board in the terminal is drawn. All but `url` default to the process's own. */
export type TerminalBoardOptions = {
	/** Of the page. */
	url: string;
	stdin?: NodeJS.ReadStream;
	stdout?: NodeJS.WriteStream;
	/** Locale and `NO_COLOR` are read from it. */
	environment?: Record<string, string | undefined>;
	/** Closes the board; the class goes on. */
	signal?: AbortSignal;
};

/** Does what a command asks for. Resolves with what to tell the teacher of it. */
export const performCommand = async (
	hub: BoardHub,
	command: Exclude<BoardCommand, {shows: unknown}>,
): Promise<string> => {
	if ('said' in command) return command.said;
	try {
		await hub.perform(command.action);
		return command.done;
	} catch (error) {
		if (error instanceof UserError) return messages.board.actions.refused(error.message);
		throw error;
	}
};
