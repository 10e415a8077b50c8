import test from 'ava';
import {findStrayBraces, listPlaceholders, replacePlaceholders} from '../../source/text/placeholders.js';

const names = new Set(['id']);

for (const [text, filled] of [
	['stop {{id}}', 'stop 3f2a'],
	['{{id}}:{{id}}', '3f2a:3f2a'],
	['{{{id}}}', '{3f2a}'],
] as const) {
	test(`${text} has a placeholder`, t => {
		t.is(
			replacePlaceholders(text, () => '3f2a'),
			filled,
		);
		t.deepEqual(findStrayBraces(text, names), []);
	});
}
for (const text of [
	'{{.Names}}',
	'{{json .}}',
	'{{.}}',
	'{{range $key, $value := .Labels}}{{$key}}{{else}}-{{end}}',
	'{{ end }}',
	'{{ uppercase }}',
	'{{- .Names -}}',
	'{{"}}"}}',
]) {
	test(`${text} is text`, t => {
		t.deepEqual(listPlaceholders(text), []);
		t.deepEqual(findStrayBraces(text, names), []);
	});
}
for (const text of [
	'{{Id}}',
	'{{my_port}}',
	'{{-id}}',
	'{{ id }}',
	'{{}}',
	'{{?}}',
	'{{id}',
	'{{id',
	'{{.Names}',
]) {
	test(`${text} is neither`, t => {
		t.deepEqual(listPlaceholders(text), []);
		t.deepEqual(findStrayBraces(`a ${text}`, names), [text]);
	});
}
