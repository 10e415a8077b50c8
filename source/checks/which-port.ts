import type {ContainerFact} from './model.js';

/**
 * The port that whoami listens on in its container: what its log says, else what its arguments say (the last one
 * counts, as for the program itself), null when neither tells.
 */
export const whichPort = ({
	loggedPort,
	command,
}: Pick<ContainerFact, 'loggedPort' | 'command'>): number | null => loggedPort ?? portArgument(command);

/** The port asked for with `-port`; null without one. */
export const portArgument = (command: string[]): number | null => {
	const found = [...command.join(' ').matchAll(/(?:^|\s)--?port(?:=|\s+)(\d{1,5})(?=\s|$)/g)].at(-1)?.[1];
	return found ? Number(found) : null;
};
