import type {ReportStep} from './report.js';

/** How a report says what became of a step. */
export const resultWords: Record<ReportStep['result'], string> = {
	passed: 'passed',
	failed: 'failed',
	unknown: 'unknown',
	open: 'not done',
};
