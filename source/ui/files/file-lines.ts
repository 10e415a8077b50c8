import type {LabEntry, ShownFile} from '../../session/files/model.js';
import {cleanLine} from '../../text/clean-line.js';
import type {Symbols} from '../symbols.js';
import {cutLine, type Line, span} from '../text/line.js';
import {sentenceSpans} from '../text/sentence-spans.js';
import {wrapLine} from '../text/wrap-line.js';
import {codeSpans} from './code-spans.js';

/** More lines of a file than these are not set: whoever needs them opens the file. */
const mostLines = 5000;

const stateWords: Record<LabEntry['state'], string> = {ours: '', changed: 'changed', own: 'yours'};

/** The files, a line each; the chosen one is marked. */
export const fileListLines = (files: LabEntry[], chosen: string, symbols: Symbols): Line[] =>
	files.length === 0
		? [[span('The lab folder has no files.', 'muted')]]
		: files.map(({path, state}): Line => {
				const isChosen = path === chosen;
				return [
					span(isChosen ? `${symbols.here} ` : '  '),
					span(path, isChosen ? 'strong' : 'plain'),
					...(stateWords[state] === '' ? [] : [span(`  ${stateWords[state]}`, 'muted')]),
				];
			});

/** A file with its line numbers and a little colour. */
export const fileLines = (file: ShownFile | null, columns: number): Line[] => {
	if (!file) return [];
	if (file.text === null) return [[span('This file can’t be read.', 'muted')]];
	// Where a text has this character, it is none.
	if (file.text.includes('\0')) return [[span('This file is no text.', 'muted')]];
	const rows = file.text.replace(/\n$/, '').split(/\r?\n/);
	const digits = String(Math.min(rows.length, mostLines)).length;
	const lines = rows.slice(0, mostLines).map(
		(row, index): Line =>
			cutLine(
				[
					span(`${String(index + 1).padStart(digits)}  `, 'muted'),
					...codeSpans(cleanLine(row.replaceAll('\t', '    ')), {
						file: file.path,
						before: rows[index - 1] ?? '',
					}),
				],
				columns,
			),
	);
	const rest = rows.length - lines.length;
	return rest > 0 ? [...lines, [span(`and ${rest} more lines`, 'muted')]] : lines;
};

/** What there is to say, below the file. */
export const noticeLines = (notice: string | null, columns: number): Line[] =>
	notice === null ? [] : [[], ...wrapLine([span('! ', 'strong'), ...sentenceSpans(notice)], columns)];
