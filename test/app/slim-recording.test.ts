import test from 'ava';
import {slimFacts, slimProgress} from '../../source/app/slim-recording.js';
import type {Fact} from '../../source/checks/model.js';
import type {Recording} from '../../source/session/ports.js';
import type {Build} from '../../source/stages/model.js';
import {readTranscripts, trackChunks} from '../tools/read-transcript.js';

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

/** A build without times, which the cut to milliseconds changes by up to one. */
const timeless = (build: Build): unknown =>
	JSON.parse(
		JSON.stringify(build, (key, value: unknown) =>
			['seconds', 'began', 'ended'].includes(key) && typeof value === 'number' ? 'a time' : value,
		),
	);

for (const transcript of readTranscripts().filter(({asked}) => asked === 'rawjson')) {
	test(`the build of ${transcript.name} stays the same`, t => {
		const chunks = transcript.chunks.map(({at, ...rest}) => ({t: at, ...rest}));
		const slim = slimProgress(chunks).map(({t: at, ...rest}) => ({at, ...rest}));
		t.deepEqual(timeless(trackChunks(transcript, slim)), timeless(trackChunks(transcript)));
	});
}

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

test(
	'digests of vertices are shortened, and those in names are not',
	slims,
	`{"vertexes":[{"digest":"${digest('a')}","inputs":["${digest('b')}"],"name":"FROM x@${digest('c')}"}],"logs":[{"vertex":"${digest('a')}"}]}\n`,
	[
		`{"vertexes":[{"digest":"sha256:aaaaaaaaaaaa","inputs":["sha256:bbbbbbbbbbbb"],"name":"FROM x@${digest('c')}"}],"logs":[{"vertex":"sha256:aaaaaaaaaaaa"}]}\n`,
	],
);

const image = (id: string, tags: string[], layers: string[] = []): Fact => ({
	...({fact: 'image', id, tags, layers, bytes: 1} as const),
});
const container = (imageId: string) => ({fact: 'container', imageId}) as Fact;

test('facts lose images that have neither name nor container, and their IDs in the ledger', t => {
	const kept = [image('named', ['simple:latest']), image('started', []), container('started')];
	t.deepEqual(
		slimFacts([
			{fact: 'ledger', imageIds: ['named', 'nameless', 'started', 'gone']},
			image('nameless', []),
			...kept,
		]),
		[{fact: 'ledger', imageIds: ['named', 'started']}, ...kept],
	);
});

test('digests of images and layers are shortened, wherever they are', t => {
	t.deepEqual(
		slimFacts([
			{fact: 'ledger', imageIds: [digest('a')]},
			image(digest('a'), ['simple:latest'], [digest('b')]),
			container(digest('a')),
		]),
		[
			{fact: 'ledger', imageIds: ['sha256:aaaaaaaaaaaa']},
			image('sha256:aaaaaaaaaaaa', ['simple:latest'], ['sha256:bbbbbbbbbbbb']),
			container('sha256:aaaaaaaaaaaa'),
		],
	);
});
