import test from 'ava';
import {createLineSplitter} from '../../source/text/lines.js';
import {createRandom} from '../tools/create-random.js';

const split = (pieces: Uint8Array[], maxLength?: number): string[] => {
	const lines: string[] = [];
	const splitter = createLineSplitter(line => lines.push(line), maxLength === undefined ? {} : {maxLength});
	for (const piece of pieces) splitter.push(piece);
	splitter.end();
	return lines;
};

const gives = test.macro((t, text: string | Uint8Array, expected: string[], maxLength?: number) => {
	const bytes = Buffer.from(text);
	const random = createRandom(bytes.length + 1);
	t.deepEqual(split([bytes], maxLength), expected, 'at once');
	t.deepEqual(
		split(
			[...bytes].map(byte => Uint8Array.of(byte)),
			maxLength,
		),
		expected,
		'single bytes',
	);
	for (let round = 0; round < 20; round++) {
		const at = Math.floor(random() * bytes.length);
		t.deepEqual(split([bytes.subarray(0, at), bytes.subarray(at)], maxLength), expected, `cut at ${at}`);
	}
});

test('newlines end lines', gives, 'a\n\nb\n', ['a', '', 'b']);
test('a carriage return in front of a newline is part of it', gives, 'a\r\nb\r\r\n\r\nc', [
	'a',
	'b',
	'',
	'c',
]);
test('a carriage return inside stays', gives, 'a\rb\r\n', ['a\rb']);
test('a line without end comes at the end', gives, 'a\nb', ['a', 'b']);
test('nothing is no line', gives, '', []);
test('characters are put together', gives, 'ä漢🎉\n', ['ä漢🎉']);
test('invalid bytes are marked', gives, Uint8Array.of(0x61, 0xff, 0xfe, 0xe6, 0xbc, 0x0a, 0xf0, 0x9f), [
	'a���',
	'�',
]);
test('a long line is cut with a mark', gives, '1234567890\nab\n', ['12345…', 'ab'], 5);
test('a line of just the length is not cut', gives, '12345\n', ['12345'], 5);
test('half a character is not shown', gives, '1234🎉x\n', ['1234…'], 5);
test(
	'of a long line with carriage returns the first part and the last two stay',
	gives,
	'#8 1\r22222\r33333\r444\n',
	['#8 1\r33333\r444'],
	8,
);
test(
	'a part that is too long is cut, and the next one is whole',
	gives,
	'#8 1\r123456789012\rok\n',
	['#8 1\r12345678…\rok'],
	8,
);

test('memory stays bounded', t => {
	const splitter = createLineSplitter(() => t.fail());
	const piece = Buffer.alloc(100_000, 'x');
	for (let round = 0; round < 100; round++) splitter.push(piece);
	t.is(splitter.unfinished().length, 10_001);
	const progress = Buffer.from('12 % of something\r'.repeat(1000));
	for (let round = 0; round < 100; round++) splitter.push(progress);
	t.true(splitter.unfinished().length < 40_000);
});

test('the unfinished line can be seen', t => {
	const splitter = createLineSplitter(() => {});
	splitter.push(Buffer.from('a\nb\rc'));
	t.is(splitter.unfinished(), 'b\rc');
	splitter.push(Buffer.from('\n'));
	t.is(splitter.unfinished(), '');
});

test('a splitter can be used again after the end', t => {
	const lines: string[] = [];
	const splitter = createLineSplitter(line => lines.push(line));
	splitter.push(Uint8Array.of(0x61, 0xe6));
	splitter.end();
	splitter.push(Buffer.from('b\n'));
	t.deepEqual(lines, ['a�', 'b']);
});
