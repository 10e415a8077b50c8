import {findObstacle} from '../../checks/explain-environment.js';
import {failed, type Judgement, passed} from './judgement.js';
import type {Cli, Reading} from './reading.js';

/** Is there a docker command, and does the environment let it do what the workshop needs? */
export const judgeCli = ({value, trouble}: Reading<Cli>, env: Record<string, string>): Judgement => {
	if (!value) return failed(trouble.reason, trouble.next);
	const obstacle = findObstacle(env);
	return obstacle
		? failed(obstacle.reason, obstacle.next.replace(', then start the workshop again', ''))
		: passed(
				value.podman === undefined
					? `The docker CLI is ${value.version}.`
					: `The docker command is Podman ${value.podman}.`,
			);
};
