import test from 'ava';

test('what another workshop made is one line, with the command that removes it', t => {
	const workshop = {id: 'build-cache', argument: 'build-cache'};
	const other = {kind: 'image', name: '', reason: 'the workshop build-cache made it', workshop} as const;
	const kept = [
		{...other, id: 'sha256:1'},
		{...other, id: 'sha256:2'},
	];
	const [line = '', ...rest] = describeResult({removed: [], kept}, {buildCacheBytes: 0});
	t.regex(line, /^kept 2 things of the workshop build-cache: `.* --workshop build-cache` removes them$/);
	t.deepEqual(rest, ['There is nothing of the workshop left to remove.']);
});

import {describeResult} from '../../source/session/perform/perform-cleanup.js';

for (const [title, buildCacheBytes, lines] of [
	['its size', 300_000, ['The build cache of the engine (300 kB) stays; `docker builder prune` empties it.']],
	[
		'no size where the engine tells none',
		null,
		['The build cache of the engine stays; `docker builder prune` empties it.'],
	],
	['nothing where it is empty', 0, []],
] as const) {
	test(`clean-up says of the build cache ${title}`, t => {
		const item = {kind: 'image', id: 'sha256:1', name: 'simple:latest'} as const;
		const [removed, ...rest] = describeResult({removed: [item], kept: []}, {buildCacheBytes});
		t.is(removed, 'removed image simple:latest (1)');
		t.deepEqual(rest, [...lines]);
	});
}
