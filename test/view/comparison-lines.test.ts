import test from 'ava';
import type {Comparison} from '../../source/session/state.js';
import {imageSizeLines} from '../../source/view/image-sizes.js';
import {selectSymbols} from '../../source/view/symbols.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

const compares = test.macro((t, comparison: Comparison, expected: string[]) => {
	const lines = imageSizeLines(comparison, 40, symbols);
	t.deepEqual(
		lines.map(line => line.map(({text}) => text).join('')),
		expected,
	);
});

const simple = {image: 'simple', id: 'a', bytes: 5_624_135};

test(
	'equal sizes and different IDs',
	compares,
	[simple, {image: 'simple:buildkit', id: 'b', bytes: 5_624_135}],
	[
		'simple             5.62 MB  ███████████',
		'simple:buildkit    5.62 MB  ███████████',
		'  same size, different ID',
	],
);
test(
	'sizes within one per cent',
	compares,
	[simple, {image: 'other', id: 'a', bytes: 5_600_000}],
	[
		'simple    5.62 MB  ████████████████████',
		'other      5.6 MB  ████████████████████',
		'  about the same size, same ID',
	],
);
test(
	'a much smaller image',
	compares,
	[
		{image: 'golang', id: 'a', bytes: 239e6},
		{image: 'app', id: 'b', bytes: 6.57e6},
	],
	[
		'golang     239 MB  ████████████████████',
		'app       6.57 MB  █',
		'  36 times smaller than golang, different ID',
	],
);
test(
	'a bigger image',
	compares,
	[
		{image: 'app', id: 'a', bytes: 6e6},
		{image: 'golang', id: 'b', bytes: 9e6},
	],
	[
		'app          6 MB  █████████████',
		'golang       9 MB  ████████████████████',
		'  1.5 times as big as app, different ID',
	],
);
test(
	'an image that is not there',
	compares,
	[simple, {image: 'gone', id: null, bytes: null}],
	['simple    5.62 MB  ████████████████████', 'gone    is not there'],
);
test(
	'only images that are not there',
	compares,
	[{image: 'gone', id: null, bytes: null}],
	['gone  is not there'],
);
