import test from 'ava';
import {listParts, matchHistory, parseHistory} from '../../source/explain/measurement.js';
import {listBaseChain} from '../../source/explain/project.js';
import {readPaths} from './suggest.js';

const dockerfile = [
	'FROM golang AS build',
	'WORKDIR /src',
	'COPY . .',
	'RUN make',
	'FROM alpine AS base',
	'RUN apk add x',
	'FROM base',
	'ENV A=b',
	'COPY --from=build /app /app',
	'CMD ["/app"]',
].join('\n');

/** As engine 26 tells it, shortened. */
const output = [
	{CreatedBy: 'CMD ["/app"]', Size: '0'},
	{CreatedBy: 'COPY /app /app # buildkit', Size: '1800000'},
	{CreatedBy: 'ENV A=b', Size: '0'},
	{CreatedBy: 'RUN /bin/sh -c apk add x # buildkit', Size: '300'},
	{CreatedBy: '/bin/sh -c #(nop)  CMD ["/bin/sh"]', Size: '0'},
	{CreatedBy: 'COPY base / # buildkit', Size: '5600000'},
]
	.map(entry => `${JSON.stringify(entry)}\n`)
	.join('');

test('the layers of an image belong to its instructions, and the rest to its base', t => {
	const {stages} = readPaths(dockerfile, ['main.go']);
	const {base, layers} = matchHistory(parseHistory(output), listBaseChain(stages, 'final'));
	t.is(base, 5_600_000);
	t.deepEqual(
		[...layers].map(([{line}, bytes]) => [line, bytes]),
		[
			[9, 1_800_000],
			[6, 300],
		],
	);
});

test('an image consists of its base, and of what each instruction adds', t => {
	const {stages} = readPaths(dockerfile, ['main.go']);
	t.deepEqual(listParts(parseHistory(output), stages, 'final'), [
		{bytes: 5_600_000, line: null, text: 'alpine', from: []},
		{bytes: 300, line: 6, text: 'RUN apk add x', from: []},
		{bytes: 1_800_000, line: 9, text: 'COPY --from=build /app /app', from: ['build']},
	]);
});
