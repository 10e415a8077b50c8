import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** The progress file of a workshop's recording in a test's home folder. */
export const progressPath = (home: string, name = 'multi-stage-recorded'): string =>
	path.join(home, '.local/state/multistage-workshop/progress', `${name}.json`);

/** Writes progress in a recording: the current step and the passed steps. */
export const writeProgress = (home: string, stepId: string, passed: string[]): void => {
	const file = progressPath(home);
	mkdirSync(path.dirname(file), {recursive: true});
	const progress = {
		format: 1,
		workshop: 'multi-stage',
		stepId,
		passed: Object.fromEntries(passed.map(id => [id, {at: '2026-01-01T00:00:00.000Z', finding: 'passed'}])),
		hints: {},
		captured: {},
		builder: 'buildkit',
		labFolder: home,
		engineId: null,
	};
	writeFileSync(file, JSON.stringify(progress));
};
