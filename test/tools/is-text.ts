import {readFileSync, writeFileSync} from 'node:fs';
import type {ExecutionContext} from 'ava';
import {maskSession} from './mask-session.js';

/** Control characters other than line feeds, including escape. */
export const controls = /(?!\n)\p{Cc}/u;

/** Asserts that a session's text equals the saved one. `UPDATE_TEXTS=1` saves it: review the difference. */
export const isText = (t: ExecutionContext, text: string, name: string): void => {
	const file = `test/fixtures/plain/${name}.txt`;
	const masked = maskSession(text);
	if (process.env.UPDATE_TEXTS) writeFileSync(file, masked);
	t.notRegex(text, controls);
	t.is(masked, readFileSync(file, 'utf8'));
};
