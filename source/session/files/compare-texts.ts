import {diffLines} from 'diff';
import type {ChangedLine} from './model.js';

/** The lines that differ between two texts of a file, in order. */
export const compareTexts = (before: string, after: string): ChangedLine[] => {
	const next = {'-': 1, '+': 1};
	return diffLines(before, after, {stripTrailingCr: true}).flatMap(
		({value, added, removed}): ChangedLine[] => {
			const rows = value.replace(/\n$/, '').split('\n');
			if (!added && !removed) {
				next['-'] += rows.length;
				next['+'] += rows.length;
				return [];
			}
			const sign = added ? '+' : '-';
			return rows.map(text => ({sign, line: next[sign]++, text}));
		},
	);
};
