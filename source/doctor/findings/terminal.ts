import process from 'node:process';
import {isUtf8} from '../../text/terminal-text.js';
import {defineFinding, failed, passed, unknown} from '../finding.js';

/** Below this, a command or a verdict is no longer seen whole. */
const smallest = {columns: 40, rows: 12};

/** Can the workshop be read on the terminal? */
export const terminal = defineFinding({
	id: 'terminal',
	isOptional: true,
	probe: ({env}) => ({
		/** On any of the program's streams: with `--json` stdout is often a file. */
		stream: [process.stdout, process.stderr].find(({isTTY}) => isTTY) ?? null,
		/** It can't move its cursor. */
		isDumb: env.TERM === 'dumb',
		/** The locale; always on Windows, where no locale says so. */
		isUtf8: process.platform === 'win32' || isUtf8(env),
	}),
	judge({stream, isDumb, isUtf8}) {
		if (!stream) return unknown('There is no terminal here to measure.');
		const {columns, rows} = stream;
		if (columns < smallest.columns || rows < smallest.rows) {
			return failed(
				`The terminal has ${columns} columns and ${rows} rows, which is too small.`,
				`make its window larger: at least ${smallest.columns} columns and ${smallest.rows} rows, better 120 and 36`,
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
	},
});
