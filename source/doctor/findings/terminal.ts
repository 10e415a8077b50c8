import process from 'node:process';
import {messages} from '../../messages/index.js';
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
		const say = messages.doctor.terminal;
		if (!stream) return unknown(say.none);
		if (stream.columns < smallest.columns || stream.rows < smallest.rows)
			return failed(say.tooSmall(stream, smallest));
		if (!isUtf8) return failed(say.notUtf8);
		return passed(isDumb ? say.dumb : say.works(stream));
	},
});
