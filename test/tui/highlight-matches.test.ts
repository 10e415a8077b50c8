import test from 'ava';
import {highlightMatches} from '../../source/tui/screens/zoom/zoom-view-model.js';

const shows = test.macro((t, text: string, wanted: string, expected: string) => {
	const line = highlightMatches(text, wanted);
	t.is(line.map(span => (span.style === 'match' ? `<${span.text}>` : span.text)).join(''), expected);
});

test('every match stands out', shows, 'one two one', 'one', '<one> two <one>');
test('without a search nothing does', shows, 'one', '', 'one');
test('small letters match capitals', shows, 'One oNe', 'one', '<One> <oNe>');
test('capitals match only capitals', shows, 'One one', 'One', '<One> one');
test('signs mean themselves', shows, 'a.b (c) a/b', '(c) a/', 'a.b <(c) a/>b');
test(
	'a line without a match keeps its colours',
	shows,
	'\u001B[31mred\u001B[0m',
	'x',
	'\u001B[31mred\u001B[0m',
);
test('a match may go over a change of colours', shows, '\u001B[31mre\u001B[0md!', 'red', '<red>!');
