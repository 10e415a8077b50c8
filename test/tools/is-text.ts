import {readFileSync, writeFileSync} from 'node:fs';
import type {ExecutionContext} from 'ava';
import {maskSession} from './mask-session.js';

/** Controls other than the end of a line, escape among them. */
export const controls = /(?!\n)\p{Cc}/u;

/** The session's whole text is as kept. `UPDATE_TEXTS=1` keeps it anew: read the difference. */
export const isText = (t: ExecutionContext, text: string, name: string): void => {
	const file = `test/fixtures/plain/${name}.txt`;
	const masked = maskSession(text);
	if (process.env.UPDATE_TEXTS) writeFileSync(file, masked);
	t.notRegex(text, controls);
	t.is(masked, readFileSync(file, 'utf8'));
};
