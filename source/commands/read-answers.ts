import {readdirSync} from 'node:fs';
import path from 'node:path';
import {readWorkshopFile} from '../storage/workshop-files.js';
import type {Overlay} from '../workshop/model.js';
import {parseOverlay} from '../workshop/parse-overlay.js';
import type {Locate} from '../workshop/parse-yaml.js';

export type Answer = {overlay: Overlay; locate: Locate};

/**
 * The solution, first, and the attempts of a challenge. One that can’t be read is left out: lint reports it, and nothing
 * runs it.
 */
export const readAnswers = (stepId: string, folder: string): Answer[] => {
	const attempts = `attempts/${stepId}`;
	const names = readWorkshopFolder(path.join(folder, 'attempts', stepId));
	return [`solutions/${stepId}`, ...names.map(name => `${attempts}/${name}`)].flatMap(place => {
		const file = `${place}/run.yaml`;
		const {overlay, locate} = parseOverlay(file, readWorkshopFile(folder, file) ?? '');
		return overlay ? [{overlay, locate}] : [];
	});
};

const readWorkshopFolder = (folder: string): string[] => {
	try {
		return readdirSync(folder).sort();
	} catch {
		// A challenge may have no attempts.
		return [];
	}
};
