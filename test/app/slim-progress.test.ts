import {readdirSync} from 'node:fs';
import test from 'ava';
import {slimProgress} from '../../source/app/slim-progress.js';
import type {Recording} from '../../source/session/ports.js';
import {createRawjsonParser} from '../../source/stages/parsers/parse-rawjson.js';
import {readRecording} from '../../source/storage/recordings.js';

type Chunk = Recording['chunks'][number];

const chunk = (text: string, stream: Chunk['stream'] = 'stderr'): Chunk => ({
	t: 5,
	stream,
	bytes: Buffer.from(text),
});

const slims = test.macro({
	exec(t, given: string, expected: string[]) {
		const slim = slimProgress([chunk(given)]);
		t.deepEqual(
			slim.map(({bytes}) => Buffer.from(bytes).toString()),
			expected,
		);
	},
	title: title => title ?? '',
});

test(
	'a transfer that goes on is left out, and one that has ended stays',
	slims,
	'{"vertexes":[{"digest":"a"}],"statuses":[{"id":"b","current":1},{"id":"c","completed":"2026-01-02T03:04:05Z"}]}\n',
	['{"vertexes":[{"digest":"a"}],"statuses":[{"id":"c","completed":"2026-01-02T03:04:05Z"}]}\n'],
);
test(
	'an object of nothing else is left out',
	slims,
	'{\n  "statuses": [\n    {\n      "id": "b"\n    }\n  ]\n}\n',
	[],
);
test(
	'times are cut to the millisecond, and what only looks like a time is not',
	slims,
	'{"vertexes":[{"name":"RUN 03:04:05.123456Z","started":"2026-01-02T03:04:05.123456789Z"}]}\n',
	['{"vertexes":[{"name":"RUN 03:04:05.123456Z","started":"2026-01-02T03:04:05.123Z"}]}\n'],
);
test('half an object stays as it is', slims, '{"statuses":[{"id":"b"', ['{"statuses":[{"id":"b"']);
test('other text stays as it is', slims, 'ERROR: failed\n{"statuses":[]}\n', [
	'ERROR: failed\n{"statuses":[]}\n',
]);

test('standard output stays as it is', t => {
	const given = [chunk('{"statuses":[{"id":"b"}]}\n', 'stdout')];
	t.deepEqual(slimProgress(given), given);
});

const eventsOf = (chunks: Chunk[]) => {
	const parser = createRawjsonParser();
	return [...chunks.flatMap(({stream, bytes, t}) => parser.push(stream, bytes, t)), ...parser.end()];
};

const folder = 'workshops/multi-stage';
const builds = readdirSync(`${folder}/recordings/26`).flatMap(
	file => /^(.*)\.buildkit\.jsonl$/.exec(file)?.[1] ?? [],
);

for (const stepId of builds) {
	test(`of the build of ${stepId}, the same events are left`, t => {
		const recording = readRecording(folder, '26', {stepId, builder: 'buildkit'});
		const chunks = recording?.chunks ?? [];
		t.true(chunks.length > 0);
		t.deepEqual(eventsOf(slimProgress(chunks)), eventsOf(chunks));
	});
}
