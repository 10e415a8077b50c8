import type {DaemonInfo} from './reach-daemon.js';

/** The parts of `docker version` that tell who answers. */
export type DaemonVersion = {Components?: Array<{Name: string}> | null};

/** Who made the engine: Podman answers the same questions as Docker does. */
export type EngineMake = 'docker' | 'podman';

export const makeOf = ({Components}: DaemonVersion): EngineMake =>
	(Components ?? []).some(({Name}) => Name === 'Podman Engine') ? 'podman' : 'docker';

/**
 * What ledgers are keyed by. Docker keeps its ID; Podman makes up a new one for every answer, so its machine's name
 * and the folder of its storage stand for it: a machine may have several Podmans, but two never share a storage.
 */
export const engineIdOf = (make: EngineMake, {ID, Name, DockerRootDir}: DaemonInfo): string =>
	make === 'podman' ? `podman:${Name}:${DockerRootDir}` : ID;

/** Why the workshop does not run on Podman, and what to do instead. */
export const podmanTrouble = (version: string, endpoint: string): {reason: string; next: string} => ({
	reason: `The engine at ${endpoint} is Podman ${version}, which has no BuildKit and reports its builds in a form of its own, so the workshop can’t show them.`,
	next: 'start Docker, or play the recording: `multistage-workshop --replay`',
});
