import test from 'ava';
import {cleanLine, stripColours} from '../../source/text/terminal-text.js';
import {createRandom} from '../tools/create-random.js';

const shows = test.macro((t, text: string, expected: string) => {
	t.is(cleanLine(text), expected);
});

test('plain text stays', shows, 'Grüße, 漢字 🎉 é', 'Grüße, 漢字 🎉 é');
test('colours stay', shows, '\u001B[1;38;5;9mred\u001B[0m', '\u001B[1;38;5;9mred\u001B[0m');
test('a colour that is left on is closed', shows, '\u001B[91mred', '\u001B[91mred\u001B[0m');
test(
	'a short reset is written out',
	shows,
	'a\u001B[1mb\u001B[mc\u001B[;31;md',
	'a\u001B[1mb\u001B[0mc\u001B[0;31;0md\u001B[0m',
);
test('a reset in front is dropped', shows, '\u001B[0mtext', 'text');
test('cursor moves and erasing are dropped', shows, 'a\u001B[2K\u001B[1;2Hb\u001B[?25lc\u001B[3 qd', 'abcd');
test(
	'a title and a link are dropped, their text stays',
	shows,
	'\u001B]0;t\u0007a\u001B]8;;http://x\u001B\\b\u001B]8;;\u001B\\c',
	'abc',
);
test(
	'device control and private strings are dropped',
	shows,
	'\u001BPq#0\u001B\\a\u001B_x\u001B\\b\u001B^y\u009Cc\u001BXz\u001B\\d',
	'abcd',
);
test(
	'one-byte control sequences are dropped',
	shows,
	'a\u009B31mb\u009D0;t\u0007c\u0090q\u009Cd\u0085e',
	'abcde',
);
test('a string that never ends takes the rest', shows, 'a\u001B]0;title', 'a');
test('BEL ends no device control string', shows, 'a\u001BPb\u0007c\u001B\\d', 'ad');
test('a cut sequence is dropped', shows, 'a\u001B[3', 'a');
test('a lone escape is dropped', shows, 'a\u001B', 'a');
test('charset and two-byte escapes are dropped', shows, '\u001B(B\u001B7a\u001Bc', 'a');
test('what is malformed is no colour', shows, '\u001B[3x1ma\u001B[?31mb', '1mab');
test('a colour without end is dropped', shows, `\u001B[${'1;'.repeat(100)}ma`, 'a');
test('NUL, backspace, bell and DEL are dropped', shows, 'a\u0000b\bc\u0007d\u007F', 'abcd');
test('direction marks are dropped', shows, 'a\u202Eb\u2066c\u200Fd', 'abcd');
test('joiners, selectors and skin tones are dropped', shows, '👩\u200D👧 👍🏽 ❤\uFE0F', '👩👧 👍 ❤');
test('marks stay on their letters', shows, 'cafe\u0301 \u0301', 'cafe\u0301 \u0301');
test(
	'marks without a letter are dropped',
	shows,
	'\u0301\u0345a\u001B[31m\u0301b\u001B[0m',
	'a\u001B[31mb\u001B[0m',
);
test('line separators are dropped', shows, 'a\u2028b\nc', 'abc');
test('tabs reach to the next multiple of 8', shows, 'a\tb\t12345678\tc', 'a       b       12345678        c');
test('tabs count columns', shows, '\u001B[31m漢\u001B[0m\tx', '\u001B[31m漢\u001B[0m      x');
test('the last text after a carriage return stands', shows, 'progress 1\rprogress 2\rdone', 'done');
test('carriage returns at the end overwrite nothing', shows, '100 %\r\r', '100 %');
test('colours are no text', shows, 'done\r\u001B[K\u001B[0m', 'done\u001B[0m');
test('a colour switched on before goes on', shows, '\u001B[31mold\rnew', '\u001B[31mnew\u001B[0m');

test('colours can be stripped', t => {
	t.is(stripColours('\u001B[1;31ma\u001B[mb\u001B[0m'), 'ab');
});

test('whatever comes, only colours and what can be seen is left, and cleaning again changes nothing', t => {
	const random = createRandom(7);
	const parts = [
		'\u001B',
		'[',
		']',
		'0',
		'31',
		'm',
		';',
		'P',
		'\\',
		'\u0007',
		'\u009B',
		'\u009D',
		'\r',
		'\t',
		'a',
		'漢',
		'\u202E',
		'?',
		' ',
		'K',
		'\u0000',
		'\u001B[32m',
	];
	for (let round = 0; round < 3000; round++) {
		const text = Array.from({length: 12}, () => parts[Math.floor(random() * parts.length)]).join('');
		const clean = cleanLine(text);
		t.notRegex(stripColours(clean), /[\p{Cc}\p{Default_Ignorable_Code_Point}]/u, JSON.stringify(text));
		t.is(cleanLine(clean), clean, JSON.stringify(text));
	}
});
