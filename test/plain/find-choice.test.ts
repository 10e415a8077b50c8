import test from 'ava';
import {findChoice} from '../../source/plain/menu.js';

const choices = [
	{key: '', label: 'run'},
	{key: 'h', label: 'hint'},
	{key: 'b', label: 'builder: change to BuildKit'},
	{key: 'left', label: 'previous step'},
	{key: 'p', label: 'predict'},
	{key: 'q', label: 'quit'},
];

const options = test.macro({
	exec(t, typed: string, expected: string) {
		const found = findChoice(choices, typed);
		t.is('choice' in found ? found.choice.label : found.problem, expected);
	},
	title: (_, typed) => `“${typed}” among the choices`,
});

test(options, '', 'run');
test(options, '  ', 'run');
test(options, '2', 'hint');
test(options, ' Hint ', 'hint');
test(options, 'b', 'builder: change to BuildKit');
test(options, 'p', 'predict');
test(options, 'prev', 'previous step');
test(options, 'pre', '“pre” may be “previous step” or “predict”: type more letters, or a number.');
test(options, '7', '“7” is none of the choices.');
test(options, '0', '“0” is none of the choices.');
test(options, '1.5', '“1.5” is none of the choices.');
test(options, 'docker ps', '“docker ps” is none of the choices.');
