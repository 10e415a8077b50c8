import test from 'ava';
import {createObjectSplitter} from '../../source/stages/parsers/parse-rawjson.js';

/** Objects as their JSON, other text as it is. */
const split = (pieces: Uint8Array[]): string[] => {
	const found: string[] = [];
	let other = '';
	const splitter = createObjectSplitter({
		onObject(object) {
			if ('refused' in object) return false;
			if (other) found.push(other);
			other = '';
			found.push(JSON.stringify(object));
			return true;
		},
		onOther(bytes) {
			other += Buffer.from(bytes).toString('latin1');
		},
	});
	for (const piece of pieces) {
		splitter.push(piece);
		// The pieces of a stream may come in one and the same memory.
		piece.fill(0x7d);
	}
	splitter.end();
	return other ? [...found, other] : found;
};

const rows: Array<{title: string; text: string; found: string[]}> = [
	{title: 'objects in a row', text: '{"a":1}{"b":{"c":{}}}', found: ['{"a":1}', '{"b":{"c":{}}}']},
	{title: 'braces in a string', text: '{"a":"}{"}{"b":"{"}', found: ['{"a":"}{"}', '{"b":"{"}']},
	{title: 'an escaped quote', text: '{"a":"x\\"}"}', found: ['{"a":"x\\"}"}']},
	{title: 'an escaped backslash last', text: '{"a":"x\\\\"}', found: ['{"a":"x\\\\"}']},
	{title: 'an escaped letter last', text: '{"a":"x\\n"}{"b":1}', found: ['{"a":"x\\n"}', '{"b":1}']},
	{title: 'an escaped backslash and quote', text: '{"a":"\\\\\\"}"}', found: ['{"a":"\\\\\\"}"}']},
	{title: 'white space anywhere', text: '{\n  "a": [\n    {}\n  ]\n}\n', found: ['{"a":[{}]}', '\n']},
	{
		title: 'text before and after',
		text: 'one\n{"a":1}\ntwo {"b":2}\n',
		found: ['one\n', '{"a":1}', '\ntwo {"b":2}\n'],
	},
	{title: 'a line end in a string', text: '{"a":"x\n{"b":1}', found: ['{"a":"x\n', '{"b":1}']},
	{title: 'what only begins like one', text: '{ curly }\n{"b":1}', found: ['{ curly }\n', '{"b":1}']},
	{title: 'an object that is not wanted', text: '{"refused":1}{"b":1}', found: ['{"refused":1}{"b":1}']},
	{title: 'an object that never ends', text: '{"a":{"b":"', found: ['{"a":{"b":"']},
	{title: 'braces in pairs that hold no key', text: '{{}}\n', found: ['{{}}\n']},
];

for (const {title, text, found} of rows) {
	test(`${title}, in one piece, cut in two anywhere, and byte by byte`, t => {
		const bytes = () => Buffer.from(text, 'latin1');
		t.deepEqual(split([bytes()]), found);
		for (let cut = 1; cut < text.length; cut++) {
			t.deepEqual(split([bytes().subarray(0, cut), bytes().subarray(cut)]), found, `cut at ${cut}`);
		}
		t.deepEqual(split([...text].map(byte => Buffer.from(byte, 'latin1'))), found);
	});
}
