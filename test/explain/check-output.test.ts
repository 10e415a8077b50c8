import test from 'ava';
import {parseCheckOutput} from '../../source/explain/check-output.js';

/** As docker 28 prints it, without its `sources`. */
const output = JSON.stringify({
	warnings: [
		{
			ruleName: 'JSONArgsRecommended',
			description:
				'JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals',
			url: 'https://docs.docker.com/go/dockerfile/rule/json-args-recommended/',
			detail: 'JSON arguments recommended for CMD to prevent unintended behavior related to OS signals',
			location: {ranges: [{start: {line: 3}, end: {line: 3}}]},
		},
		{ruleName: 'Whole', description: 'about all of it', location: {}},
	],
});

test('the warnings of docker build --check are read', t => {
	t.deepEqual(parseCheckOutput(output), [
		{
			rule: 'JSONArgsRecommended',
			detail: 'JSON arguments recommended for CMD to prevent unintended behavior related to OS signals',
			url: 'https://docs.docker.com/go/dockerfile/rule/json-args-recommended/',
			line: 3,
		},
		{rule: 'Whole', detail: 'about all of it', url: '', line: null},
	]);
});
for (const [title, text, expected] of [
	['without a warning', '{"sources": []}', []],
	['with none', '{"warnings": null}', []],
	['of a docker without checks', '', null],
	['of a page in its place', '<html>', null],
	['of another form', '{"warnings": [{"rule": 1}]}', null],
] as const)
	test(`the output ${title}`, t => t.deepEqual(parseCheckOutput(text), expected && [...expected]));
