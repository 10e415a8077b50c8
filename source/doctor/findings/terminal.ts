import process from 'node:process';
import {isUtf8} from '../../text/terminal-text.js';
import {failed, type Judgement, passed, unknown} from '../finding.js';

/** The terminal as the program finds it. */
export type TerminalFacts = {
	/** Characters; null without a terminal. */
	size: {columns: number; rows: number} | null;
	/** It can't move its cursor. */
	isDumb: boolean;
	/** The locale; always on Windows, where no locale tells. */
	isUtf8: boolean;
};

/** Below this, a command or a verdict is no longer seen whole. */
export const smallestTerminal = {columns: 40, rows: 12};

/** Can the workshop be read on it? */
export const judgeTerminal = ({size, isDumb, isUtf8}: TerminalFacts): Judgement => {
	if (!size) return unknown('There is no terminal here to measure.');
	const {columns, rows} = size;
	if (columns < smallestTerminal.columns || rows < smallestTerminal.rows) {
		return failed(
			`The terminal has ${columns} columns and ${rows} rows, which is too small.`,
			`make its window larger: at least ${smallestTerminal.columns} columns and ${smallestTerminal.rows} rows, better 120 and 36`,
		);
	}
	if (!isUtf8) {
		return failed(
			'The locale of this terminal is not UTF-8: quotes, arrows and letters with accents may come out as other characters.',
			'set a UTF-8 locale and start again: `export LANG=C.UTF-8`',
		);
	}
	return passed(
		isDumb
			? `The terminal can’t move its cursor (\`TERM=dumb\`): the workshop is shown as plain lines.`
			: `The terminal has ${columns} columns and ${rows} rows, and shows UTF-8.`,
	);
};

/** The terminal that the program has on any of its streams: with `--json` stdout is often a file. */
export const readTerminal = (env: Record<string, string>): TerminalFacts => {
	const stream = [process.stdout, process.stderr].find(({isTTY}) => isTTY);
	return {
		size: stream ? {columns: stream.columns, rows: stream.rows} : null,
		isDumb: env.TERM === 'dumb',
		isUtf8: process.platform === 'win32' || isUtf8(env),
	};
};
