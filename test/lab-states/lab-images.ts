import type {TestEngine} from '../engine/test-engine.js';

/** Builds whoami, and the images of the lab states: those of `test/fixtures/lab-images`, each under its folder's name. */
export const buildLabImages = async ({docker}: Pick<TestEngine, 'docker'>): Promise<void> => {
	await docker('build', '-q', '-t', 'whoami', 'workshops/multi-stage/whoami');
	for (const name of ['derived-cmd', 'derived-entrypoint', 'own-base', 'stranger', 'tricky']) {
		await docker('build', '-q', '-t', name, `test/fixtures/lab-images/${name}`);
	}
};
