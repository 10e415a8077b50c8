import test from 'ava';
import {temporaryFolder} from '../../tools/child-environment.js';
import {soundWorkshop} from '../../tools/sound-workshop.js';
import {writeFiles} from '../../tools/write-files.js';
import {breaks, problemsIn, replace} from './breaks.js';

test(
	'a placeholder that is captured by no step',
	breaks,
	replace('02-second.md', '{{id}}', '{{port}}'),
	'02-second.md:29:13 no step captures `{{port}}`',
);
test(
	'a placeholder of a preparation that is captured by no step',
	breaks,
	replace('02-second.md', 'kind: challenge', "kind: challenge\nsetup: ['docker rm {{port}}']"),
	'02-second.md:37:9 no step captures `{{port}}`',
);
test(
	'braces in a preparation that are no placeholder',
	breaks,
	replace('02-second.md', 'kind: challenge', "kind: challenge\nsetup: ['docker rm {{ID}}']"),
	'02-second.md:37:9 `{{ID}}` is not a placeholder: write it as `{{name}}`',
);
test(
	'a placeholder that is captured later',
	breaks,
	folder => {
		replace('02-second.md', 'sleep 60', 'sleep {{late}}')(folder);
		replace('02-second.md', 'needs: [start-it]', "needs: [start-it]\ncapture: {late: '(x)'}")(folder);
	},
	'02-second.md:15:25 `{{late}}` is captured only later, by `stop-it`',
);
test(
	'a placeholder of a step that is not needed',
	breaks,
	replace('02-second.md', 'needs: [start-it]', 'needs: [build-it]'),
	'02-second.md:29:13 `{{id}}` is captured by `start-it`, which this step does not need',
);
for (const written of ['{{ID}}', '{{ id }}', '{{id}']) {
	test(
		`${written} is no placeholder`,
		breaks,
		replace('02-second.md', 'stop {{id}}', `stop '${written}'`),
		`02-second.md:29:14 \`${written}\` is not a placeholder: write it as \`{{name}}\``,
	);
}
test(
	'a template that is cut off at a space',
	breaks,
	replace('02-second.md', 'stop {{id}}', 'ps --format {{json .}}'),
	"02-second.md:29:20 `{{json` is cut off at a space: write the template between quotes, as in `--format '{{json .}}'`",
);
test(
	'a captured value with the name of a template word',
	breaks,
	replace('02-second.md', 'needs: [start-it]', "needs: [start-it]\ncapture: {end: '(x)'}"),
	'02-second.md:24:11 a captured value can’t be called `end`: `{{end}}` is a word of Docker’s templates',
);
test(
	'a number that is compared with what no step captures',
	breaks,
	replace(
		'02-second.md',
		'checks:',
		"checks:\n  - {check: stdout, number: {pattern: '(\\d+)', least: '{{size}}'}, finding: a, hint: B.}",
	),
	'02-second.md:11:5 no step captures `{{size}}`',
);
for (const [what, number, says] of [
	[
		'without a group',
		"{pattern: '[0-9]+', least: 3}",
		'02-second.md:11:30 the pattern needs a group around the number, as in `(\\d+) files`',
	],
	[
		'that is compared with nothing',
		"{pattern: '([0-9]+)'}",
		'02-second.md:11:21 compares the number with nothing: it needs one of is, least, most, less-than and more-than',
	],
] as const) {
	test(
		`a number ${what}`,
		breaks,
		replace(
			'02-second.md',
			'checks:',
			`checks:\n  - {check: stdout, number: ${number}, finding: a, hint: B.}`,
		),
		says,
	);
}
test('templates of docker are no placeholders', t => {
	const folder = temporaryFolder();
	writeFiles(folder, soundWorkshop);
	replace('02-second.md', 'stop {{id}}', "ps --format '{{range .Ports}}{{.}}{{end}}'")(folder);
	t.deepEqual(problemsIn(folder), []);
});
