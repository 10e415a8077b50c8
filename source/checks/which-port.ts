import {portArgument} from '../text/port-argument.js';
import type {ContainerFact} from './model.js';

/**
 * The port that whoami listens on in its container: what its log says, else what its arguments say, null when neither
 * tells.
 */
export const whichPort = ({
	loggedPort,
	command,
}: Pick<ContainerFact, 'loggedPort' | 'command'>): number | null => loggedPort ?? portArgument(command);
