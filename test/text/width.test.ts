import test from 'ava';
import {cutToWidth, padToWidth, widthOf} from '../../source/text/width.js';

const hasWidth = test.macro((t, text: string, width: number) => {
	t.is(widthOf(text), width);
});
test('plain text has a column a character', hasWidth, 'RUN x', 5);
test('colours take no column', hasWidth, '\u001B[31mab\u001B[0m', 2);
test('wide characters take two', hasWidth, '漢字🎉', 6);
test('combining marks take none', hasWidth, 'e\u0301', 1);

const cuts = test.macro((t, text: string, columns: number, expected: string) => {
	t.is(cutToWidth(text, columns), expected);
	t.true(widthOf(expected) <= Math.max(0, columns));
});
test('what fits stays', cuts, 'abc', 3, 'abc');
test('what is too long ends with a mark', cuts, 'abcd', 3, 'ab…');
test('one column is the mark', cuts, 'abcd', 1, '…');
test('no column is nothing', cuts, 'abcd', 0, '');
test('less is nothing, too', cuts, 'abcd', -1, '');
test('a wide character is not halved', cuts, 'a漢字', 3, 'a…');
test('a wide character that fits stays', cuts, 'a漢字', 4, 'a漢…');
test('colours are closed', cuts, '\u001B[31mabcd\u001B[0m', 3, '\u001B[31mab\u001B[39m…');

test('every text of every width fits', t => {
	for (const text of ['abcdefgh', '漢字漢字', 'a漢b字c', '\u001B[1mb\u001B[31m漢字x\u001B[0m', '🎉é🎉']) {
		for (let columns = 0; columns < 12; columns++) {
			t.true(widthOf(cutToWidth(text, columns)) <= columns, `${text} at ${columns}`);
			t.is(widthOf(padToWidth(text, columns)), columns, `${text} at ${columns}`);
		}
	}
});
