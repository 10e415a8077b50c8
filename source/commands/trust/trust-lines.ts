import type {FolderHash} from '../../storage/hash-folder.js';
import {UserError} from '../../text/user-error.js';
import {listCommands} from '../../workshop/list-commands.js';
import type {Overlay} from '../../workshop/model.js';
import type {OpenWorkshop} from '../open-workshop.js';

/** What somebody has to know who is asked to trust a workshop: its folder, its hash, and all that it would run. */
export const trustLines = (open: OpenWorkshop, {hash, files}: FolderHash): string[] => {
	const commands = listCommands(open.workshop, challengeId => solutionOrNull(open, challengeId));
	const dockerfiles = [...files.keys()].filter(file =>
		open.workshop.contexts.some(context => file.startsWith(`${context}/`) && /dockerfile/i.test(file)),
	);
	return [
		`folder: ${open.folder}`,
		`hash: ${hash}`,
		commands.length === 0 ? 'It runs no commands.' : 'It would run, on this machine and with your rights:',
		...commands.map(command => `\`${visible(command)}\``),
		...(dockerfiles.length === 0 ? [] : [`Builds run what its Dockerfiles say: ${dockerfiles.join(', ')}.`]),
	];
};

/** A command must not look like another one: what a terminal hides or obeys is spelt out. */
const visible = (command: string): string =>
	command.replace(/[\p{Cc}\p{Cf}]/gu, mark => `\\u{${mark.codePointAt(0)?.toString(16)}}`);

/** One that can't be read is not run either. */
const solutionOrNull = (open: OpenWorkshop, challengeId: string): Overlay | null => {
	try {
		return open.solutionOf(challengeId);
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
};
