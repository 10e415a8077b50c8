import test from 'ava';
import type {BuildEvent} from '../../source/stages/model.js';
import {createLegacyParser} from '../../source/stages/parsers/parse-legacy.js';

const parse = (...chunks: Array<[stream: 'stdout' | 'stderr', text: string]>): BuildEvent[] => {
	const parser = createLegacyParser();
	const events = chunks.flatMap(([stream, text]) => parser.push(stream, Buffer.from(text), 0));
	return [...events, ...parser.end()];
};

const step = 'Step 1/2 : FROM scratch\n ---> \nStep 2/2 : RUN x\n ---> Running in 0123456789ab\n';

/** Lines of output and which step they belong to, and steps that ended. */
const isRead = test.macro((t, output: string, expected: string[]) => {
	const events = parse(['stdout', step + output]);
	t.deepEqual(
		events.flatMap(event => {
			if (event.event === 'line') return `${event.id}: ${event.text}`;
			return event.event === 'ended' ? `${event.id} ended` : [];
		}),
		['1 ended', ...expected],
	);
});

test(
	'what looks like progress is output while the container runs',
	isRead,
	[
		'Step 3/9 : FROM fake',
		' ---> aaaaaaaaaaaa',
		' ---> Using cache',
		'Removing intermediate container bbbbbbbbbbbb',
		'Successfully built cccccccccccc',
		' ---> Removed intermediate container 0123456789ab',
		' ---> dddddddddddd',
		'Successfully built dddddddddddd',
		'',
	].join('\n'),
	[
		'2: Step 3/9 : FROM fake',
		'2:  ---> aaaaaaaaaaaa',
		'2:  ---> Using cache',
		'2: Removing intermediate container bbbbbbbbbbbb',
		'2: Successfully built cccccccccccc',
		'2 ended',
		'null: Successfully built dddddddddddd',
	],
);
test(
	'output without end of line stands in front of the mark',
	isRead,
	'one\ntwoRemoving intermediate container 0123456789ab\n ---> dddddddddddd\n',
	['2: one', '2: two', '2 ended'],
);
test(
	'colours alone in front of the mark are no output',
	isRead,
	'\u001B[91mone\n\u001B[0m ---> Removed intermediate container 0123456789ab\n ---> dddddddddddd\n',
	['2: \u001B[91mone', '2 ended'],
);
test(
	'a container that is kept ends with its image',
	isRead,
	'one ---> dddddddddddd\nSuccessfully built dddddddddddd\n',
	['2: one', '2 ended', 'null: Successfully built dddddddddddd'],
);
test('an image that never was is output', isRead, 'one ---> dddddddddddd', ['2: one ---> dddddddddddd']);
test('an empty line is output', isRead, '\none\n', ['2: ', '2: one']);

test('a kept container’s next step is the next one', t => {
	const events = parse([
		'stdout',
		'Step 1/2 : RUN x\n ---> Running in 0123456789ab\n ---> dddddddddddd\nStep 2/2 : RUN y\n ---> Using cache\n ---> eeeeeeeeeeee\n',
	]);
	t.deepEqual(
		events.map(({event}) => event),
		['began', 'mentioned', 'mentioned', 'ended', 'began', 'cached', 'mentioned', 'ended'],
	);
});

test('an error that is read before the last step belongs to that step', t => {
	const error = "The command '/bin/sh -c x' returned a non-zero code: 7";
	t.deepEqual(parse(['stderr', `${error}\n`], ['stdout', step]).at(-1), {
		event: 'failed',
		id: '2',
		message: error,
		at: 0,
	});
});

test('that the builder is deprecated is no error, nor are log lines', t => {
	const words =
		'DEPRECATED: The legacy builder is deprecated\n            BuildKit is\n\ntime="now" level=error msg="x"\n';
	t.deepEqual(
		parse(['stderr', words]).filter(({event}) => event === 'failed'),
		[],
	);
	t.is(parse(['stderr', words]).length, 3);
});

test('an error before any step belongs to none', t => {
	t.like(parse(['stderr', 'unable to prepare context: path "x" not found\n']).at(-1), {
		event: 'failed',
		id: null,
	});
});

test('what an image pull prints belongs to its FROM', t => {
	const events = parse([
		'stdout',
		'Step 1/1 : FROM alpine\nlatest: Pulling from library/alpine\n ---> dddddddddddd\n',
	]);
	t.like(events[1], {event: 'line', id: '1', text: 'latest: Pulling from library/alpine'});
});

test('a complaint after the image was built is no failure', t => {
	const events = parse(
		['stdout', 'Step 1/1 : FROM a\n ---> dddddddddddd\nSuccessfully built dddddddddddd\n'],
		['stderr', 'some warning\n'],
	);
	t.deepEqual(
		events.filter(({event}) => event === 'failed'),
		[],
	);
});
