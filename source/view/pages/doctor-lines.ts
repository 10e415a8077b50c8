import {type DoctorFinding, doctorIds, findingStatus} from '../../doctor/registry.js';
import {messages} from '../../messages/index.js';
import {selectIsRecording, selectReadiness} from '../../session/select.js';
import type {SessionState} from '../../session/state.js';
import {hangingLines, type Line, sentenceSpans, span, wrapLine} from '../line.js';
import type {Symbols} from '../symbols.js';
import {spacing} from '../theme.js';
import {nextLabel} from '../verdict-lines.js';

/** Columns for the IDs of the findings. */
const idColumns = 16;

/** What the doctor has found on this machine so far, each finding with its fix. */
export const doctorLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const width = Math.min(columns, spacing.textColumns + idColumns);
	const readiness = selectReadiness(state.findings);
	const heading: Line[] = [[], [span(messages.view.machine.heading, 'heading')], []];
	if (selectIsRecording(state))
		return [...heading, ...wrapLine([span(messages.view.recording.needs)], width)];
	return [
		...heading,
		[span(messages.view.machine[readiness], readinessStyles[readiness])],
		[],
		...doctorIds.flatMap(id => {
			const finding = state.findings.find(one => one.id === id);
			if (finding) return findingLines(finding, width, symbols);
			return [[span(`  ${id.padEnd(idColumns)}`, 'strong'), span('…', 'muted')]];
		}),
	];
};

const readinessStyles = {ready: 'passed', looking: 'muted', 'not-ready': 'failed'} as const;

const findingLines = (finding: DoctorFinding, columns: number, symbols: Symbols): Line[] => {
	const {statusWithReason, verdicts} = messages.view;
	const {id, verdict, reason, next} = finding;
	const isWarning = findingStatus(finding) === 'warning';
	const mark = isWarning ? span('! ', 'strong') : span(`${symbols.verdict[verdict]} `, verdict);
	const label = [mark, span(id.padEnd(idColumns), 'strong')];
	return [
		...hangingLines(
			label,
			sentenceSpans(isWarning ? statusWithReason(verdicts.warning, reason) : reason),
			columns,
		),
		...(next
			? hangingLines([span(' '.repeat(idColumns + 2)), nextLabel()], sentenceSpans(next), columns)
			: []),
	];
};
