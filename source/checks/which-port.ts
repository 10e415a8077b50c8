import {portArgument} from '../text/port-argument.js';
import type {ContainerFact} from './model.js';

/** Nothing listens on one beyond it; a program that was told to is about to end. */
const lastPort = 65_535;

/**
 * The port that whoami listens on in its container: what its log says, else what its arguments say, null when neither
 * tells one that there is.
 */
export const whichPort = ({
	loggedPort,
	command,
}: Pick<ContainerFact, 'loggedPort' | 'command'>): number | null => {
	const port = loggedPort ?? portArgument(command);
	return port !== null && port <= lastPort ? port : null;
};
