import test from 'ava';
import {squeezeColumns} from '../../source/tui/text/fit-output.js';

const squeezes = test.macro((t, lines: string[], columns: number, expected: string[]) => {
	t.deepEqual(squeezeColumns(lines, columns), expected);
});

const images = [
	'REPOSITORY   TAG        IMAGE ID       CREATED          SIZE',
	'simple       latest     4bd1a8c3bd2d   12 seconds ago   5.62MB',
	'simple       buildkit   0c4d0e2f64dd   4 seconds ago    5.62MB',
];

test('a table that fits stays as it is', squeezes, images, 64, images);
test('a table that is too wide loses blank columns, the right ones first', squeezes, images, 60, [
	'REPOSITORY   TAG        IMAGE ID      CREATED         SIZE',
	'simple       latest     4bd1a8c3bd2d  12 seconds ago  5.62MB',
	'simple       buildkit   0c4d0e2f64dd  4 seconds ago   5.62MB',
]);
test('two blanks are left between columns as long as that fits', squeezes, images, 58, [
	'REPOSITORY  TAG       IMAGE ID      CREATED         SIZE',
	'simple      latest    4bd1a8c3bd2d  12 seconds ago  5.62MB',
	'simple      buildkit  0c4d0e2f64dd  4 seconds ago   5.62MB',
]);
test('then one blank, the right ones first', squeezes, images, 56, [
	'REPOSITORY  TAG       IMAGE ID     CREATED        SIZE',
	'simple      latest    4bd1a8c3bd2d 12 seconds ago 5.62MB',
	'simple      buildkit  0c4d0e2f64dd 4 seconds ago  5.62MB',
]);
test('one blank is left between columns, even if it is still too wide', squeezes, images, 20, [
	'REPOSITORY TAG      IMAGE ID     CREATED        SIZE',
	'simple     latest   4bd1a8c3bd2d 12 seconds ago 5.62MB',
	'simple     buildkit 0c4d0e2f64dd 4 seconds ago  5.62MB',
]);
test('text that is no table stays as it is', squeezes, ['one two three', 'four five'], 5, [
	'one two three',
	'four five',
]);
test('one line is no table', squeezes, ['a      b'], 4, ['a      b']);
test('lines with colours stay as they are', squeezes, ['\u001B[31ma\u001B[39m      b', 'c      d'], 4, [
	'\u001B[31ma\u001B[39m      b',
	'c      d',
]);
test('lines with wide characters stay as they are', squeezes, ['漢      b', 'c      d'], 4, [
	'漢      b',
	'c      d',
]);
