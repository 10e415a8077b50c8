import {unknown} from './give-verdict.js';
import type {EngineFact, RunFact, Verdict} from './model.js';

/**
 * What is said of a curl that did not get as far as the engine's published ports, where these are not on this machine
 * for certain; null when it is another failure. It finds no such host, no way there, nobody, or no answer in time.
 */
export const judgeUnreached = (
	{stderr}: Pick<RunFact, 'stderr'>,
	{local, address, inContainer}: EngineFact,
): Verdict | null => {
	const words = /^curl: \((?:6|7|28)\) (.+)$/m.exec(stderr)?.[1]?.trim().replace(/\.$/, '');
	if (local || words === undefined) return null;
	return inContainer
		? unknown(
				'unreachable-host',
				`The published ports can't be reached from here, as you are in a container; the ports are on its host: ${words}.`,
				'run the same command with `localhost` on the host, or start the container that you are in with `--network host`',
			)
		: unknown(
				'unreachable-host',
				`The engine's published ports can't be reached at ${address}: ${words}.`,
				'see whether the container still runs with `docker ps`, and whether a firewall stands before the machine that the engine runs on',
			);
};
