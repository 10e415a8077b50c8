import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Progress} from '../../source/session/passed-steps.js';

/** Makes the next start with this home go on at a step of the shipped workshop. */
export const beginAt = (home: string, stepId: string): void => {
	const folder = path.join(home, '.local', 'state', 'multistage-workshop', 'progress');
	const progress: Progress = {
		format: 1,
		workshop: 'multi-stage',
		stepId,
		passed: {},
		hints: {},
		captured: {},
		predictions: {},
		builder: null,
		labFolder: '',
		engineId: null,
	};
	mkdirSync(folder, {recursive: true});
	writeFileSync(path.join(folder, 'multi-stage.json'), JSON.stringify(progress));
};
