import test from 'ava';
import type {BuildEvent} from '../../source/stages/model.js';
import {createRawjsonParser} from '../../source/stages/parsers/parse-rawjson.js';

const parse = (text: string, at = 5000): BuildEvent[] => {
	const parser = createRawjsonParser();
	return [...parser.push('stderr', Buffer.from(text), at), ...parser.end()];
};

const time = (seconds: number) => `2026-01-01T00:00:${seconds.toFixed(9).padStart(12, '0')}Z`;
const vertex = (more: object) => ({vertexes: [{digest: 'sha256:a', name: '[base 1/1] RUN x', ...more}]});
const log = (text: string, seconds: number, stream = 1) => ({
	logs: [{vertex: 'sha256:a', stream, data: Buffer.from(text).toString('base64'), timestamp: time(seconds)}],
});
const json = (...objects: object[]) => objects.map(object => JSON.stringify(object)).join('');

const isRead = test.macro((t, text: string, expected: BuildEvent[]) => {
	t.deepEqual(parse(text), expected);
});

const id = 'sha256:a';
const listed: BuildEvent = {event: 'listed', id, name: '[base 1/1] RUN x', inputs: []};
const began = (at: number): BuildEvent => ({event: 'began', id, name: '[base 1/1] RUN x', at});

test(
	'BuildKit’s clock is set by the first object’s arrival',
	isRead,
	json(vertex({started: time(10)}), vertex({started: time(10), completed: time(12.5)})),
	[listed, began(5), began(5), {event: 'ended', id, at: 7.5}],
);
test(
	'lines are put together for each stream, and ended by the instruction',
	isRead,
	json(
		vertex({started: time(10)}),
		log('par', 11),
		log('err', 12, 2),
		log('tial\nre', 13),
		log('or\n', 14, 2),
		vertex({completed: time(15)}),
	),
	[
		listed,
		began(5),
		{event: 'line', id, text: 'partial', at: 8},
		{event: 'line', id, text: 'error', at: 9},
		{event: 'line', id, text: 're', at: 10},
		{event: 'ended', id, at: 10},
	],
);
test(
	'bytes of a character may come in two logs',
	isRead,
	json(
		vertex({started: time(10)}),
		{logs: [{vertex: id, stream: 1, data: Buffer.from([0xc3]).toString('base64'), timestamp: time(10)}]},
		{
			logs: [
				{vertex: id, stream: 1, data: Buffer.from([0xa4, 0x0a]).toString('base64'), timestamp: time(10)},
			],
		},
	),
	[listed, began(5), {event: 'line', id, text: 'ä', at: 5}],
);
test(
	'a cancelled context is no failure',
	isRead,
	json(vertex({started: time(10), completed: time(11), error: 'context canceled: context canceled'})),
	[listed, began(4), {event: 'cancelled', id, at: 5}],
);
test(
	'a failure has the instruction’s words',
	isRead,
	json(vertex({started: time(10), completed: time(11), error: 'exit code: 3'})),
	[listed, began(4), {event: 'failed', id, message: 'exit code: 3', at: 5}],
);
test(
	'text with braces between objects is text',
	isRead,
	`${json(vertex({}))}\n   5 | >>> RUN {\n{oops\n{"not\n{"a":}\nERROR: no\n${json(vertex({started: time(10)}))}tail {`,
	[
		listed,
		{event: 'line', id: null, text: '   5 | >>> RUN {', at: 5},
		{event: 'line', id: null, text: '{oops', at: 5},
		{event: 'line', id: null, text: '{"not', at: 5},
		{event: 'line', id: null, text: '{"a":}', at: 5},
		{event: 'line', id: null, text: 'ERROR: no', at: 5},
		{event: 'failed', id: null, message: 'no', at: 5},
		began(5),
		{event: 'line', id: null, text: 'tail {', at: 5},
	],
);
test('braces and quotes in strings end no object', isRead, json(vertex({error: 'a } " \\ {'})), [
	listed,
	{event: 'failed', id, message: 'a } " \\ {', at: 0},
]);
test('an object that is cut off is text', isRead, '{"vertexes":[', [
	{event: 'line', id: null, text: '{"vertexes":[', at: 5},
]);
test(
	'a finished status is said once',
	isRead,
	json(
		{statuses: [{id: 'exporting layers', vertex: id, current: 0, timestamp: time(10)}]},
		{statuses: [{id: 'exporting layers', vertex: id, current: 0, timestamp: time(11), completed: time(11)}]},
		{statuses: [{id: 'exporting layers', vertex: id, current: 0, timestamp: time(11), completed: time(11)}]},
		{statuses: [{id: 'loading', vertex: id, current: 2_000_000, timestamp: time(12), completed: time(12)}]},
	),
	[
		{event: 'line', id, text: 'exporting layers done', at: 6},
		{event: 'line', id, text: 'loading 2 MB done', at: 7},
	],
);
