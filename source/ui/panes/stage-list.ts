import type {Stage} from '../../build/model.js';
import {type Line, span} from '../text/line.js';

/** One line for each stage. Where they are too many, those at work or failed stay, and the last line counts the rest. */
export const stageList = (stages: Stage[], rows: number, lineOf: (stage: Stage) => Line): Line[] => {
	if (stages.length <= rows) return stages.map(lineOf);
	const shown = new Set(stages.toSorted((a, b) => rank(a) - rank(b)).slice(0, Math.max(0, rows - 1)));
	const rest = span(`… ${stages.length - shown.size} more stages`, 'muted');
	return [...stages.filter(stage => shown.has(stage)).map(lineOf), [rest]].slice(0, rows);
};

const rank = ({status}: Stage): number => (status === 'failed' ? 0 : status === 'running' ? 1 : 2);
