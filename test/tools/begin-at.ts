import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Progress} from '../../source/session/passed-steps.js';
import {temporaryFolder} from './child-environment.js';

/** Creates a home folder whose progress resumes at a step. */
export const beginAt = (stepId: string, kept: Partial<Progress> = {}): string => {
	const home = temporaryFolder();
	const folder = path.join(home, '.local', 'state', 'multistage-workshop', 'progress');
	const progress: Progress = {
		format: 1,
		workshop: 'multi-stage',
		stepId,
		passed: {},
		hints: {},
		captured: {},
		builder: null,
		labFolder: '',
		engineId: null,
		...kept,
	};
	mkdirSync(folder, {recursive: true});
	writeFileSync(path.join(folder, 'multi-stage.json'), JSON.stringify(progress));
	return home;
};
