import test from 'ava';
import {judgeRun} from '../../source/session/predictions.js';
import type {RunView} from '../../source/session/state.js';
import type {Build, Instruction, Stage} from '../../source/stages/model.js';
import type {Prediction} from '../../source/workshop/model.js';
import {finishedBuild} from '../tui/sample-runs.js';

type Seen = Partial<RunView>;

const resolves = 'Because.';
const exited = (seconds: number): Seen => ({outcome: {ended: 'exited', exitCode: 0, seconds}});
const printed = (...lines: string[]): Seen => ({
	...exited(1),
	build: null,
	output: {lines, lineCount: lines.length},
});
const sized = (one: number | null, other: number): Seen => ({
	...exited(1),
	comparison: [
		one === null ? {image: 'one', id: null, bytes: null} : {image: 'one', id: '1', bytes: one},
		{image: 'other', id: '2', bytes: other},
	],
});
const [sample] = finishedBuild.build?.stages ?? [];
const built: Seen = {
	build: {
		...(finishedBuild.build as Build),
		stages: [
			['base', 'cached', 'RUN add'],
			['build', 'done', 'RUN compile'],
			['final', 'cancelled', 'RUN pack'],
		].map(([name, status, text]) => ({
			...(sample as Stage),
			name,
			status,
			instructions: [{text, status} as Instruction],
		})) as Stage[],
	},
};

const line: Prediction = {about: 'line', choices: ['hello', 'bye'], otherwise: null, resolves};
const orNothing: Prediction = {...line, otherwise: 'nothing'};
const bigger: Prediction = {about: 'bigger', resolves};
const seconds: Prediction = {about: 'seconds', tolerance: null, resolves};
const port: Prediction = {about: 'port', matches: String.raw`:(\d+)\b`, resolves};
const stages: Prediction = {about: 'cached', choices: null, resolves};
const instructions: Prediction = {about: 'cached', choices: ['RUN add', 'RUN compile'], resolves};

const judges = test.macro<[Prediction, string, Seen, boolean | null, string[]?]>({
	exec(t, predict, given, run, isRight, real) {
		const result = judgeRun({predict, compare: []}, given.split(', '), {...finishedBuild, ...run});
		t.is(result?.isRight ?? null, isRight);
		if (real) t.deepEqual(result?.real, real);
	},
	title: (title, {about}, given) => `${about}, “${given}”: ${title}`,
});

test('it is printed', judges, line, 'hello', printed('- hello -'), true, ['hello']);
test('another one is printed', judges, line, 'bye', printed('hello'), false, ['hello']);
test('none of them is printed', judges, line, 'bye', printed('what?'), false, []);
test('none of them is printed, which was a choice', judges, orNothing, 'nothing', printed(), true, [
	'nothing',
]);
test('a choice is printed after all', judges, orNothing, 'nothing', printed('bye'), false, ['bye']);
test('it is', judges, bigger, 'other', sized(10, 20), true, ['other']);
test('the other one is', judges, bigger, 'one', sized(10, 20), false, ['other']);
test('both are about as big', judges, bigger, 'one', sized(1000, 1001), true, ['one', 'other']);
test('one is missing', judges, bigger, 'one', sized(null, 20), null);
test('twice as long is near enough', judges, seconds, '6', exited(3), true, ['3']);
test('more than twice as long is not', judges, seconds, '7', exited(3), false);
test('less than half is not', judges, seconds, '1', exited(3), false);
test('within the tolerance', judges, {...seconds, tolerance: 1}, '4', exited(3), true);
test('outside of the tolerance', judges, {...seconds, tolerance: 1}, '4.5', exited(3), false);
test('it was cancelled', judges, seconds, '3', {outcome: {ended: 'cancelled', seconds: 3}}, null);
test('another command ran', judges, seconds, '3', {...exited(3), isTyped: true}, null);
test(
	'it is printed as one',
	judges,
	port,
	'8080',
	printed('80/tcp -> 0.0.0.0:8080', '80/tcp -> [::]:8080'),
	true,
	['8080'],
);
test('it is the port of the container', judges, port, '80', printed('80/tcp -> 0.0.0.0:8080'), false);
test('no port is printed', judges, port, '80', printed('none'), null);
test('it comes from it', judges, stages, 'base', built, true);
test('it was built', judges, stages, 'base, build', built, false);
test('a stage that was cancelled proves nothing', judges, stages, 'base, final', built, true);
test('each as it was', judges, instructions, 'RUN add', built, true);
test('the other way round', judges, instructions, 'RUN compile', built, false);
test('the build has no such instruction', judges, {...instructions, choices: ['ADD']}, 'ADD', built, null);
test('nothing was built', judges, stages, 'base', printed('hello'), null);

test('without a prediction there is nothing to compare', t => {
	t.is(judgeRun({predict: seconds, compare: []}, [], {...finishedBuild, ...exited(3)}), null);
	t.is(judgeRun({predict: null, compare: []}, ['3'], {...finishedBuild, ...exited(3)}), null);
});
