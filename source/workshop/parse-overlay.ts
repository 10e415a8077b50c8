import type {Overlay} from './model.js';
import {parseYaml} from './parse-yaml.js';
import type {Problem} from './problems.js';
import {overlaySchema} from './schemas.js';

/** Reads a `run.yaml` of a solution or an attempt. Null when there are problems. */
export const parseOverlay = (file: string, text: string): {overlay: Overlay | null; problems: Problem[]} => {
	const problems: Problem[] = [];
	const report = (message: string, line = 1, column = 1) => void problems.push({file, line, column, message});
	return {overlay: parseYaml(text, overlaySchema, report, 0), problems};
};
