import process from 'node:process';
import {isUtf8} from '../../text/is-utf8.js';
import type {TerminalFacts} from './judge-terminal.js';

/** The terminal that the program has on any of its streams: with `--json` stdout is often a file. */
export const readTerminal = (env: Record<string, string>): TerminalFacts => {
	const stream = [process.stdout, process.stderr].find(({isTTY}) => isTTY);
	return {
		size: stream ? {columns: stream.columns, rows: stream.rows} : null,
		isDumb: env.TERM === 'dumb',
		isUtf8: process.platform === 'win32' || isUtf8(env),
	};
};
