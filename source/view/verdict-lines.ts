import type {Verdict} from '../checks/model.js';
import {type DoctorFinding, doctorIds, findingStatus} from '../doctor/registry.js';
import {selectIsRecording, selectReadiness} from '../session/select.js';
import type {SessionState} from '../session/state.js';
import {hangingLines, type Line, sentenceSpans, span, wrapLine} from './line.js';
import type {Symbols} from './symbols.js';
import {spacing} from './theme.js';
import {recordingNotes} from './wording.js';

/**
 * A verdict: symbol and word, the reason, and what to try next. `isUntried`: the challenge is waiting for its first try.
 */
export const verdictLines = (
	{verdict, reason, next}: Verdict,
	columns: number,
	{verdict: marks, status, code}: Symbols,
	isUntried = false,
): Line[] => {
	const width = Math.min(columns, spacing.textColumns);
	const label = isUntried
		? span(`${status.waiting} waiting: `, 'strong')
		: span(`${marks[verdict]} ${verdict}: `, verdict);
	return [
		...wrapLine([label, ...sentenceSpans(reason, code)], width),
		...(next ? wrapLine([span('next: ', 'strong'), ...sentenceSpans(next, code)], width) : []),
	];
};

/** Columns of the names at the left. */
const idColumns = 16;

/** All that the doctor found on this machine, as far as it has come, each with its fix. */
export const doctorLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const width = Math.min(columns, spacing.textColumns + idColumns);
	const readiness = selectReadiness(state.findings);
	const heading: Line[] = [[], [span('This machine', 'heading')], []];
	if (selectIsRecording(state)) return [...heading, ...wrapLine([span(recordingNotes.needs)], width)];
	return [
		...heading,
		[span(readinessWords[readiness], readinessStyles[readiness])],
		[],
		...doctorIds.flatMap(id => {
			const finding = state.findings.find(one => one.id === id);
			if (finding) return findingLines(finding, width, symbols);
			return [[span(`  ${id.padEnd(idColumns)}`, 'strong'), span('…', 'muted')]];
		}),
	];
};

/** Whether this machine can run the workshop. */
export const readinessWords = {
	ready: 'This machine is ready.',
	looking: 'Looking…',
	'not-ready': 'Something needs fixing.',
};

const readinessStyles = {ready: 'passed', looking: 'muted', 'not-ready': 'failed'} as const;

const findingLines = (finding: DoctorFinding, columns: number, symbols: Symbols): Line[] => {
	const {id, verdict, reason, next} = finding;
	const isWarning = findingStatus(finding) === 'warning';
	const mark = isWarning ? span('! ', 'strong') : span(`${symbols.verdict[verdict]} `, verdict);
	const label = [mark, span(id.padEnd(idColumns), 'strong')];
	return [
		...hangingLines(label, sentenceSpans(isWarning ? `warning: ${reason}` : reason), columns),
		...(next
			? hangingLines(
					[span(' '.repeat(idColumns + 2)), span('next: ', 'strong')],
					sentenceSpans(next),
					columns,
				)
			: []),
	];
};
