import process from 'node:process';
import {messages} from '../../messages/index.js';
import {isUtf8} from '../../text/terminal-text.js';
import {defineFinding, failed, passed, unknown} from '../finding.js';

/** Smaller terminals can't show a whole command or verdict. */
const smallest = {columns: 40, rows: 12};

/** Can the terminal show the workshop? */
export const terminal = defineFinding({
	id: 'terminal',
	isOptional: true,
	probe: ({env}) => ({
		/** Any of the program's streams: with `--json`, stdout is often a file. */
		stream: [process.stdout, process.stderr].find(({isTTY}) => isTTY) ?? null,
		/** Whether its cursor can't be moved. */
		isDumb: env.TERM === 'dumb',
		/** By the locale; always true on Windows, where no locale says so. */
		isUtf8: process.platform === 'win32' || isUtf8(env),
	}),
	judge({stream, isDumb, isUtf8}) {
		const say = messages.doctor.terminal;
		if (!stream) return unknown(say.none);
		if (stream.columns < smallest.columns || stream.rows < smallest.rows)
			return failed(say.tooSmall(stream, smallest));
		if (!isUtf8) return failed(say.notUtf8);
		return passed(isDumb ? say.dumb : say.works(stream));
	},
});
