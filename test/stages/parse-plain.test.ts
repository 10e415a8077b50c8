import test from 'ava';
import type {BuildEvent} from '../../source/stages/model.js';
import {createPlainParser} from '../../source/stages/parsers/parse-plain.js';

/** Each text arrives one second after the other. */
const parse = (texts: string[]): BuildEvent[] => {
	const parser = createPlainParser();
	const events = texts.flatMap((text, index) => parser.push('stderr', Buffer.from(text), 1000 * (index + 1)));
	return [...events, ...parser.end()];
};

const isRead = test.macro((t, texts: string[], expected: BuildEvent[]) => {
	t.deepEqual(parse(texts), expected);
});

const began = (at: number): BuildEvent => ({event: 'began', id: '#6', name: '[left 1/1] RUN x', at});
const header = '#6 [left 1/1] RUN x\n';

test(
	'a burst is computed back to when it happened',
	isRead,
	[`${header}#6 0.250 one\n#6 10.50 two\n`, '#6 DONE 11.5s\n'],
	[
		began(1),
		{event: 'line', id: '#6', text: 'one', at: 1},
		{event: 'line', id: '#6', text: 'two', at: 1},
		began(-9.5),
		{event: 'ended', id: '#6', at: 2},
	],
);
test(
	'a header that comes again says nothing new',
	isRead,
	[header, '#6 ...\n\n', header, '#6 CACHED\n'],
	[began(1), {event: 'cached', id: '#6', at: 4}],
);
test('engine 20’s digests are no output', isRead, [header, `#6 sha256:${'a'.repeat(64)}\n`], [began(1)]);
test(
	'progress of a layer is output',
	isRead,
	[header, `#6 sha256:${'a'.repeat(64)} 1.05MB / 2.81MB 0.2s\n`],
	[began(1), {event: 'line', id: '#6', text: `sha256:${'a'.repeat(64)} 1.05MB / 2.81MB 0.2s`, at: 2}],
);
test(
	'a last line without end does not hide the state behind it',
	isRead,
	[header, '#6 0.250 one#6 DONE 1.0s\n'],
	[began(1), {event: 'line', id: '#6', text: 'one', at: 2}, began(1), {event: 'ended', id: '#6', at: 2}],
);
test(
	'a state of another vertex is output',
	isRead,
	[header, '#6 0.250 one#7 DONE 1.0s\n'],
	[began(1), {event: 'line', id: '#6', text: 'one#7 DONE 1.0s', at: 2}],
);
test(
	'an empty line of output is one',
	isRead,
	[header, '#6 0.250 \n#6 0.250\n'],
	[began(1), {event: 'line', id: '#6', text: '', at: 2}, {event: 'line', id: '#6', text: '', at: 2}],
);
test(
	'an error ends its vertex',
	isRead,
	[header, '#6 0.500 one\n#6 ERROR: exit code: 3\n'],
	[
		began(1),
		{event: 'line', id: '#6', text: 'one', at: 2},
		began(1),
		{event: 'failed', id: '#6', message: 'exit code: 3', at: 2},
	],
);
test(
	'what was cut off is cancelled',
	isRead,
	[header, '#6 CANCELED\n'],
	[began(1), {event: 'cancelled', id: '#6', at: 2}],
);
test(
	'a vertex without output is computed back from its end',
	isRead,
	[header, '#6 DONE 3.0s\n'],
	[began(1), began(-1), {event: 'ended', id: '#6', at: 2}],
);
