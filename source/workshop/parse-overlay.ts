import {findExcess} from './find-excess.js';
import type {Overlay} from './model.js';
import {type Locate, parseYaml} from './parse-yaml.js';
import type {Problem, Report} from './problems.js';
import {overlaySchema} from './schemas.js';

/** Reads a `run.yaml` of a solution or an attempt. `overlay` is null when there are problems. */
export const parseOverlay = (
	file: string,
	text: string,
): {overlay: Overlay | null; locate: Locate; problems: Problem[]} => {
	const problems: Problem[] = [];
	const excess = findExcess(text);
	if (excess) problems.push({file, ...excess});
	const report: Report = (message, place = {line: 1, column: 1}) =>
		void problems.push({file, ...place, message});
	const parsed = excess ? null : parseYaml(text, overlaySchema, report);
	const overlay = file.split(/[\\/]/).slice(0, -1).join('/');
	return {
		overlay: parsed && {overlay, ...parsed.value},
		locate: parsed?.locate ?? (() => ({line: 1, column: 1})),
		problems,
	};
};
