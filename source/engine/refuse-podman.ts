import {UserError} from '../text/user-error.js';

/** The parts of `docker version` that tell who answers, and in which version. */
export type DaemonVersion = {Version: string; Components?: Array<{Name: string}> | null};

/** Podman has no BuildKit, and its own builder reports builds in another form. `who`: a subject that it is. */
export const podmanTrouble = (who: string, version: string): UserError =>
	new UserError(
		`${who} is Podman ${version}, which has no BuildKit and reports its builds in a form of its own, so the workshop can’t show them.`,
		{next: 'start Docker, or play the recording: `multistage-workshop --replay`'},
	);

/**
 * Throws a `UserError` where Podman answers, which takes the same questions as Docker does: otherwise the first build
 * would fail as if the learner had done something wrong.
 */
export const refusePodman = ({Version, Components}: DaemonVersion, endpoint: string): void => {
	if ((Components ?? []).some(({Name}) => Name === 'Podman Engine'))
		throw podmanTrouble(`The engine at ${endpoint}`, Version);
};

/** The version of Podman, where `docker` is a script that calls it; null for Docker's own. `told`: by `docker --version`. */
export const podmanVersion = (told: string): string | null =>
	/^podman version (\S+)/m.exec(told)?.[1] ?? null;
