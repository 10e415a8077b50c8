import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {listFiles} from './list-files.js';

/** A file that an overlay puts into the lab folder, and where the workshop keeps it (absolute). */
export type OverlayFile = {file: string; source: string};

/** The files of `solutions/<challenge>` or `attempts/<challenge>/<name>`; `run.yaml` is none of them. */
export const overlayFiles = (workshopFolder: string, overlay: string): OverlayFile[] => {
	const folder = path.join(workshopFolder, ...overlay.split('/'));
	return listFiles(folder, '')
		.filter(file => file !== 'run.yaml')
		.map(file => ({file, source: path.join(folder, ...file.split('/'))}));
};

/** Those of all shipped solutions. */
export const solutionFiles = (workshopFolder: string): OverlayFile[] => {
	const folder = path.join(workshopFolder, 'solutions');
	if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) return [];
	return readdirSync(folder).flatMap(name => overlayFiles(workshopFolder, `solutions/${name}`));
};
