import test from 'ava';
import {findChoice} from '../../../source/ui/plain/find-choice.js';

const choices = [
	{key: '', label: 'run'},
	{key: 'h', label: 'hint'},
	{key: 'b', label: 'builder: change to BuildKit'},
	{key: 'left', label: 'previous step'},
	{key: 'p', label: 'predict'},
	{key: 'q', label: 'quit'},
];

const means = test.macro({
	exec(t, typed: string, expected: string) {
		const found = findChoice(choices, typed);
		t.is('choice' in found ? found.choice.label : found.problem, expected);
	},
	title: (_, typed) => `“${typed}” among the choices`,
});

test(means, '', 'run');
test(means, '  ', 'run');
test(means, '2', 'hint');
test(means, ' Hint ', 'hint');
test(means, 'b', 'builder: change to BuildKit');
test(means, 'p', 'predict');
test(means, 'prev', 'previous step');
test(means, 'pre', '“pre” may be “previous step” or “predict”: type one letter more, or a number.');
test(means, '7', '“7” is none of the choices.');
test(means, '0', '“0” is none of the choices.');
test(means, '1.5', '“1.5” is none of the choices.');
test(means, 'docker ps', '“docker ps” is none of the choices.');
