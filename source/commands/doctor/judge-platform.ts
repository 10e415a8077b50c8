import type {DockerAnswer} from '../../engine/run-docker.js';
import {failed, type Judgement} from './judgement.js';
import type {Reading} from './reading.js';

/**
 * Can the engine run what is asked for by `DOCKER_DEFAULT_PLATFORM`? Null when it can, as far as is known: it is the
 * engine's own platform (`linux/amd64`), or one that it emulates, which `docker buildx inspect` lists then.
 */
export const judgePlatform = (
	asked: string | undefined,
	own: string | undefined,
	inspected: Reading<DockerAnswer> | null,
): Judgement | null => {
	if (!asked || own === undefined) return null;
	const listed = /^Platforms:[ \t]+(.+)$/m.exec(inspected?.value?.stdout ?? '')?.[1] ?? '';
	const known = [own, ...listed.split(',').map(platform => platform.trim().replace(/\*$/, ''))];
	return known.some(platform => platform === asked || platform.startsWith(`${asked}/`))
		? null
		: failed(
				`\`DOCKER_DEFAULT_PLATFORM\` asks for images for ${asked}, and the engine runs ${own}.`,
				'`unset DOCKER_DEFAULT_PLATFORM`',
			);
};
