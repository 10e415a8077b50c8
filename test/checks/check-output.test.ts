import test from 'ava';
import * as v from 'valibot';
import type {RunFact} from '../../source/checks/model.js';
import {type CheckDeclaration, checkSchema} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';
import {run} from './sample-facts.js';

/** Reads a check as workshops write it. */
const check = (written: Record<string, unknown>): CheckDeclaration =>
	v.parse(checkSchema, {...words, ...written});

const stdout = check({check: 'stdout', has: ['All tests'], lacks: ['FAIL']});
test('output with and without', passes, stdout, [run({stdout: 'All tests passed'})], /what was expected/);
test('output that lacks something', fails, stdout, [run({stdout: 'passed'})], /not contain `All tests`/);
test('output that has too much', fails, stdout, [run({stdout: 'All tests FAILED'})], /`FAIL`/);
test(
	'stderr is not stdout',
	fails,
	stdout,
	[run({stderr: 'All tests'})],
	/output does not contain `All tests`/,
);

const stderr = check({check: 'stderr', has: ['warning']});
test('error output', passes, stderr, [run({stderr: 'warning: old'})], /what was expected/);
test('stdout is not stderr', fails, stderr, [run({stdout: 'warning'})], /error output does not contain/);

const matches = check({check: 'stdout', matches: '^id: [0-9a-f]{4}$'});
test('a line that matches', passes, matches, [run({stdout: 'name: x\nid: 3f2a\n'})], /what was expected/);
test(
	'no line that matches',
	fails,
	matches,
	[run({stdout: 'id: none'})],
	/The output has nothing that matches/,
);

const numbers = (wanted: object) => check({check: 'stdout', number: {pattern: '^size (\\S+)', ...wanted}});
const printed = (size: string, captured?: RunFact['captured']) => [
	run({stdout: `size ${size}\n`, ...(captured ? {captured} : {})}),
];
const before = {before: '12MB'};

for (const [wanted, size, captured] of [
	[{is: 3}, '3.0', undefined],
	[{least: 3, most: 5}, '5', undefined],
	[{least: 3, most: 5}, '3', undefined],
	[{'more-than': 1000}, '1,204', undefined],
	[{'less-than': -1}, '-1.5', undefined],
	[{'less-than': '{{before}}'}, '980kB', before],
	[{'more-than': '{{before}}'}, '12MiB', before],
	[{is: '{{before}}'}, '12000000', before],
] as const) {
	test(
		`${size} is ${JSON.stringify(wanted)}`,
		passes,
		numbers(wanted),
		printed(size, captured),
		/The output says/,
	);
}
for (const [wanted, size, captured, says] of [
	[{is: 3}, '4', undefined, /says 4, which is not 3\./],
	[{least: 3}, '2', undefined, /says 2, which is not at least 3\./],
	[{'more-than': 3}, '3', undefined, /says 3, which is not more than 3\./],
	[{most: 3}, '3.1', undefined, /says 3\.1, which is not at most 3\./],
	[{'less-than': '{{before}}'}, '12MB', before, /says 12MB, which is not less than 12MB\./],
	[{'more-than': '{{before}}'}, '12kB', before, /says 12kB, which is not more than 12MB\./],
	[{'less-than': '{{before}}'}, '1MB', {}, /no step has captured `before`/],
	[{'less-than': '{{constructor}}'}, '1MB', {}, /no step has captured `constructor`/],
	[{is: 3}, 'three', undefined, /`three` is not a number/],
	[{is: 3}, '3 parsecs', undefined, null],
	[{is: 3}, '3parsecs', undefined, /`3parsecs` is not a number/],
] as const) {
	const judge = says === null ? passes : fails;
	test(
		`${size} beside ${JSON.stringify(wanted)}, captured ${JSON.stringify(captured)}`,
		judge,
		numbers(wanted),
		printed(size, captured),
		says ?? /says 3/,
	);
}
test('no number', fails, numbers({is: 3}), [run({stdout: 'nothing'})], /nothing in the output matches/);

for (const [what, written] of Object.entries({
	'an expression that is none': {check: 'stdout', matches: '('},
	'a limit that is neither a number nor a value': {check: 'stdout', number: {pattern: '(x)', least: 'many'}},
	'a limit that is more than a value': {check: 'stdout', number: {pattern: '(x)', least: '{{a}}{{b}}'}},
})) {
	test(`${what} is refused`, t => {
		t.false(v.safeParse(checkSchema, {...words, ...written}).success);
	});
}
