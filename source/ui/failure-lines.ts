import type {Build} from '../build/model.js';
import {cleanLine} from '../text/clean-line.js';
import {type Line, span} from './line.js';
import type {Symbols} from './symbols.js';
import {wrapLine} from './wrap-line.js';

/** Where a build failed and what the builder said; empty when it did not. */
export const failureLines = ({failure, outside}: Build, columns: number, symbols: Symbols): Line[] => {
	if (!failure) return [];
	const {stage, instruction, line, exitCode, message} = failure;
	const where = [
		stage === null ? 'failed outside of any stage' : `failed in stage ${stage}`,
		...(line === null ? [] : [`line ${line} of the Dockerfile`]),
		...(exitCode === null ? [] : [`exit code ${exitCode}`]),
	].join(', ');
	return [
		...wrapLine([span(`${symbols.status.failed} ${where}`, 'failed')], columns),
		...(instruction ? [[span(cleanLine(instruction), 'typed')]] : []),
		...wrapLine([span(message)], columns).slice(0, 3),
		...(stage === null ? outside.slice(-3).map((text): Line => [span(text, 'muted')]) : []),
	];
};
