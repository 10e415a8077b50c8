import {createHash} from 'node:crypto';
import type {CheckDeclaration} from '../checks/model.js';
import type {Step} from './model.js';

/**
 * What has to stay as it is for a passed step to stay passed: its command and its checks. Texts, hints and the words of
 * checks are no part of it, so that a corrected sentence costs nobody their progress. Sixteen hexadecimal digits.
 */
export const fingerprintStep = ({kind, command, builder, capture, edit, checks, judge}: Step): string =>
	createHash('sha256')
		.update(
			JSON.stringify([
				kind,
				command,
				builder,
				capture,
				edit,
				checks.map(withoutWords),
				judge.map(proof => ({...proof, checks: proof.checks.map(withoutWords)})),
			]),
		)
		.digest('hex')
		.slice(0, 16);

const withoutWords = ({finding: _finding, hint: _hint, ...check}: CheckDeclaration) => check;
