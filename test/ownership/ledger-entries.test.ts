import test from 'ava';
import {createBuildEntries, createContainerEntries} from '../../source/ownership/created-objects.js';
import type {ImageSnapshot} from '../../source/ownership/ledger.js';
import type {Build} from '../../source/stages/model.js';

const id = (digit: string) => `sha256:${digit.repeat(64)}`;
const build = (parts: Partial<Build>): Build => ({
	builder: 'legacy',
	format: 'legacy',
	stages: [],
	seconds: 1,
	imageId: null,
	names: [],
	mentioned: {images: [], containers: []},
	outside: [],
	failure: null,
	notes: [],
	cached: false,
	...parts,
});

const made = test.macro(
	(
		t,
		{parts, before, after}: {parts: Partial<Build>; before: ImageSnapshot; after: ImageSnapshot},
		expected: string[],
	) => {
		const entries = createBuildEntries({
			engine: 'e',
			build: build(parts),
			tags: ['simple:latest'],
			before,
			after,
			baseImages: ['alpine:3.13'],
		});
		t.deepEqual(
			entries.map(
				entry =>
					`${entry.kind} ${entry.kind === 'name' ? `${entry.name} before ${entry.before?.at(-1)} now ` : ''}${entry.id.at(-1)}`,
			),
			expected,
		);
	},
);

const base = {ids: [id('a')], names: {'alpine:3.13': id('a')}};

test(
	'a new image and its name are ours',
	made,
	{
		parts: {imageId: id('1')},
		before: base,
		after: {ids: [id('a'), id('1')], names: {...base.names, 'simple:latest': id('1')}},
	},
	['image 1', 'name simple:latest before undefined now 1'],
);

test(
	'an image that was there before a cached build is not ours, its new name is',
	made,
	{
		parts: {imageId: id('1')},
		before: {ids: [id('a'), id('1')], names: base.names},
		after: {ids: [id('a'), id('1')], names: {...base.names, 'simple:latest': id('1')}},
	},
	['name simple:latest before undefined now 1'],
);

test(
	'a name that was the learner’s is remembered with the ID it had',
	made,
	{
		parts: {imageId: id('1')},
		before: {ids: [id('a'), id('7')], names: {...base.names, 'simple:latest': id('7')}},
		after: {ids: [id('a'), id('7'), id('1')], names: {...base.names, 'simple:latest': id('1')}},
	},
	['image 1', 'name simple:latest before 7 now 1'],
);

test(
	'legacy intermediate images are ours by their short IDs, the base image is not, even when it was just pulled',
	made,
	{
		parts: {
			mentioned: {images: ['a'.repeat(12), '2'.repeat(12)], containers: ['c'.repeat(12)]},
			imageId: '1'.repeat(12),
		},
		before: {ids: [], names: {}},
		after: {ids: [id('a'), id('2'), id('1')], names: {...base.names, 'simple:latest': id('1')}},
	},
	['image 2', 'image 1', 'name simple:latest before undefined now 1', 'container c'],
);

test(
	'nothing is ours after a build that changed nothing',
	made,
	{
		parts: {imageId: id('1')},
		before: {ids: [id('a'), id('1')], names: {'simple:latest': id('1')}},
		after: {ids: [id('a'), id('1')], names: {'simple:latest': id('1')}},
	},
	[],
);

test(
	'an image that somebody else gave the name to during a build that failed is not ours',
	made,
	{
		parts: {mentioned: {images: ['2'.repeat(12)], containers: []}},
		before: base,
		after: {ids: [id('a'), id('2'), id('9')], names: {...base.names, 'simple:latest': id('9')}},
	},
	['image 2'],
);

test('a container is known by its cid file, or by what -d prints', t => {
	const long = 'f'.repeat(64);
	t.like(createContainerEntries('e', 's', 'abc', ''), [{kind: 'container', id: 'abc', stepId: 's'}]);
	t.like(createContainerEntries('e', 's', null, `${long}\n`), [{id: long}]);
	t.deepEqual(createContainerEntries('e', 's', null, 'Hello\n'), []);
});
