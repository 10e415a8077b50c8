import test from 'ava';
import {breaks, replace} from './breaks.js';

test(
	'a placeholder that is captured by no step',
	breaks,
	replace('02-second.md', '{{id}}', '{{port}}'),
	'02-second.md:29:13 no step captures `{{port}}`',
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
test(
	'a placeholder that is none',
	breaks,
	replace('02-second.md', 'stop {{id}}', "ps --format '{{.ID}}'"),
	'02-second.md:29:21 `{{.ID}}` is not a placeholder: write it as `{{name}}`',
);
