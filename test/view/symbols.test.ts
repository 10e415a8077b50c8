import test from 'ava';
import {selectSymbols, toAscii} from '../../source/view/symbols.js';

const shows = test.macro(
	(t, environment: Record<string, string>, platform: NodeJS.Platform, done: string) => {
		t.is(selectSymbols(environment, platform).status.done, done);
	},
);

test('a UTF-8 locale has Unicode', shows, {LANG: 'de_DE.UTF-8'}, 'linux', '✔');
test('however it is spelt', shows, {LC_CTYPE: 'en_US.utf8'}, 'darwin', '✔');
test('LC_ALL counts most', shows, {LC_ALL: 'C', LANG: 'en_US.UTF-8'}, 'linux', '+');
test('no locale has ASCII', shows, {}, 'linux', '+');
test('Windows Terminal has Unicode', shows, {WT_SESSION: '1'}, 'win32', '✔');
test('the terminal of an editor on Windows has Unicode', shows, {TERM_PROGRAM: 'vscode'}, 'win32', '✔');
test('the old console of Windows has ASCII', shows, {LANG: 'en_US.UTF-8'}, 'win32', '+');

const flatten = (value: unknown): string[] =>
	typeof value === 'string' ? [value] : Object.values(value as object).flatMap(flatten);

test('the ASCII table is ASCII, and each status has a symbol of its own in both', t => {
	const ascii = selectSymbols({}, 'linux');
	t.regex(flatten(ascii).join(''), /^[ -~]+$/);
	for (const {status} of [ascii, selectSymbols({LANG: 'C.UTF-8'}, 'linux')]) {
		t.is(new Set(Object.values(status)).size, Object.keys(status).length);
	}
});

test('what lessons draw with lines is drawn without Unicode too, as wide as before', t => {
	t.is(toAscii('base ──┤  ┌──> left → “x”…'), 'base --+  +--> left > "x"~');
});
