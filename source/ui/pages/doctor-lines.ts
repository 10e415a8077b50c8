import {type DoctorId, doctorIds} from '../../session/doctor-ids.js';
import {findingWord} from '../../session/select/finding-word.js';
import {selectIsRecording} from '../../session/select/select.js';
import {selectReadiness} from '../../session/select/select-readiness.js';
import type {DoctorFinding, SessionState} from '../../session/state.js';
import type {Symbols} from '../symbols.js';
import {hangLine} from '../text/hang-line.js';
import {type Line, span} from '../text/line.js';
import {sentenceSpans} from '../text/sentence-spans.js';
import {wrapLine} from '../text/wrap-line.js';
import {type Style, spacing} from '../theme.js';

/** Columns of the names at the left. */
const idColumns = 16;

/** All that the doctor found on this machine, as far as it has come, each with its fix. */
export const doctorLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const width = Math.min(columns, spacing.textColumns + idColumns);
	const heading: Line[] = [[], [span('This machine', 'heading')], []];
	if (selectIsRecording(state))
		return [...heading, ...wrapLine([span('A recording plays: nothing is needed of this machine.')], width)];
	return [
		...heading,
		[readinessSpan(state.findings)],
		[],
		...doctorIds.flatMap(id => {
			const finding = state.findings.find(one => one.id === id);
			return finding ? findingLines(finding, width, symbols) : [waitingLine(id)];
		}),
	];
};

/** Whether this machine can run the workshop. */
export const readinessWords = {
	ready: 'This machine is ready.',
	looking: 'Looking…',
	'not-ready': 'Something needs fixing.',
};

const readinessStyles: Record<keyof typeof readinessWords, Style> = {
	ready: 'passed',
	looking: 'muted',
	'not-ready': 'failed',
};

const readinessSpan = (findings: DoctorFinding[]) => {
	const readiness = selectReadiness(findings);
	return span(readinessWords[readiness], readinessStyles[readiness]);
};

const waitingLine = (id: DoctorId): Line => [span(`  ${id.padEnd(idColumns)}`, 'strong'), span('…', 'muted')];

const findingLines = (finding: DoctorFinding, columns: number, symbols: Symbols): Line[] => {
	const {id, verdict, reason, next} = finding;
	const isWarning = findingWord(finding) === 'warning';
	const mark = isWarning ? span('! ', 'strong') : span(`${symbols.verdict[verdict]} `, verdict);
	const label = [mark, span(id.padEnd(idColumns), 'strong')];
	return [
		...hangLine(label, sentenceSpans(isWarning ? `warning: ${reason}` : reason), columns),
		...(next
			? hangLine([span(' '.repeat(idColumns + 2)), span('next: ', 'strong')], sentenceSpans(next), columns)
			: []),
	];
};
