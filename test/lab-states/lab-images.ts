import type {TestEngine} from '../engine/test-engine.js';

/** The ID of an image as `docker build -q` prints it; Podman leaves out the algorithm. */
export const imageId = /^(?:sha256:)?[\da-f]{64}$/;

/** Builds whoami; resolves with its ID. */
export const buildWhoami = ({docker}: Pick<TestEngine, 'docker'>): Promise<string> =>
	docker('build', '-q', '-t', 'whoami', 'workshops/multi-stage/whoami');

/**
 * Builds whoami, and the images of the lab states: those of `test/fixtures/lab-images`, each under its folder's name.
 * Resolves with their IDs.
 */
export const buildLabImages = async (engine: Pick<TestEngine, 'docker'>): Promise<string[]> => {
	const ids = [await buildWhoami(engine)];
	for (const name of ['derived-cmd', 'derived-entrypoint', 'own-base', 'stranger', 'tricky']) {
		ids.push(await engine.docker('build', '-q', '-t', name, `test/fixtures/lab-images/${name}`));
	}
	return ids;
};
