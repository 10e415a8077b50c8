import type {Collection} from '../classroom/collect.js';
import {messages} from '../messages/index.js';

/** The results as CSV (RFC 4180), one row for each learner and step, with the byte order mark that Excel needs. */
export const resultsCsv = ({seats}: Collection): string => {
	const rows = seats.flatMap(({name, id, workshops}) =>
		workshops.flatMap(workshop =>
			workshop.steps.map(({step, verdict, finding, mode, seconds, attempts, hints, prediction}) => [
				...[name, id, workshop.id, workshop.hash, step, verdict, finding, mode],
				...[seconds, attempts, hints, prediction],
			]),
		),
	);
	const lines = [Object.values(messages.results.csvColumns), ...rows].map(row => row.map(cell).join(','));
	return `\uFEFF${lines.join('\r\n')}\r\n`;
};

/**
 * Spreadsheets take text that begins with one of these signs, even in quotes, for a formula. An apostrophe before it
 * makes it text.
 */
const formulaStart = /^[\s]*[=+\-@|%\t\r]/;

const cell = (value: string | number | null): string => {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const text = formulaStart.test(value) ? `'${value}` : value;
	return `"${text.replaceAll('"', '""')}"`;
};
