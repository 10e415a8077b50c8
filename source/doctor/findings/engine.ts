import type {EngineInspection} from '../../engine/inspect-engine.js';
import {failed, type Judgement, type ProbeResult, passed, unknown} from '../finding.js';

/**
 * Does an engine answer, to us and to the CLI? `talk`: how the CLI gets on with it, which refuses engines of other
 * times that we can use.
 */
export const judgeEngine = (
	look: ProbeResult<EngineInspection>,
	loop: ProbeResult<true> | null,
): Judgement => {
	if (!look.value) return judgeTrouble(look.trouble);
	// Without a CLI there is nothing that it refuses.
	if (loop?.trouble && loop.trouble.finding !== 'no-cli')
		return failed(loop.trouble.reason, loop.trouble.next);
	const {podman, endpoint, context, local, address, inContainer} = look.value;
	const engine = podman === null ? `The engine ${look.value.version}` : `Podman ${podman}`;
	const place = context === 'default' ? endpoint : `${endpoint}, through the context \`${context}\``;
	if (inContainer)
		return passed(
			`${engine} answers at ${place}. This program runs in a container: published ports are on its host, and are looked for at ${address}.`,
		);
	return passed(
		local
			? `${engine} answers at ${place}.`
			: `${engine} answers at ${place}. It is not on this machine: containers run there, published ports are reached at ${address}, and the workshop asks before it runs anything.`,
	);
};

const judgeTrouble = ({
	finding,
	reason,
	next,
}: NonNullable<ProbeResult<EngineInspection>['trouble']>): Judgement => {
	switch (finding) {
		case 'no-cli':
			return unknown('Without the docker command, there is no way to see which engine is meant.');
		case 'no-permission':
			return unknown('Without permission, there is no way to see whether an engine is running.');
		default:
			return failed(reason, next);
	}
};

/** May we use it? */
export const judgePermission = ({value, trouble}: ProbeResult<EngineInspection>): Judgement => {
	if (value) return passed('You may use the engine.');
	return trouble.finding === 'no-permission'
		? failed(trouble.reason, trouble.next)
		: unknown('No engine has been asked.');
};
