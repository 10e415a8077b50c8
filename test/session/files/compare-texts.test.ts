import test from 'ava';
import {diffTexts} from '../../../source/session/features/files.js';
import {findBuildForFile} from '../../../source/session/lab-files.js';
import {sampleState} from '../../tui/sample-state.js';

const compares = test.macro((t, before: string, after: string, expected: string[]) => {
	t.deepEqual(
		diffTexts(before, after).map(({sign, line, text}) => `${line}${sign}${text}`),
		expected,
	);
});

test('a line that was changed is taken out and put in', compares, 'a\nb\nc\n', 'a\nB\nc\n', ['2-b', '2+B']);
test('numbers are those of the file that has the line', compares, 'a\nb\nc\n', 'x\ny\na\nc\n', [
	'1+x',
	'2+y',
	'2-b',
]);
test('a new file is all put in', compares, '', 'a\nb\n', ['1+a', '2+b']);
test('line ends of Windows are no change', compares, 'a\nb\n', 'a\r\nb\r\n', []);

test('a file belongs to the build of the shown step, else to the nearest before it', t => {
	const state = sampleState();
	t.deepEqual(findBuildForFile('simple/Dockerfile', {isShipped: true, state}), {
		line: 'docker build -t simple:build ./simple',
		isShownStep: true,
	});
	t.like(findBuildForFile('simple/app.go', {isShipped: true, state: {...state, stepId: 'run'}}), {
		isShownStep: false,
	});
	t.is(findBuildForFile('simple/build.log', {isShipped: false, state}), null);
	t.is(findBuildForFile('other/Dockerfile', {isShipped: true, state}), null);
});
