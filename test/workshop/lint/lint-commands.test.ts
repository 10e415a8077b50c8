import test from 'ava';
import {both, breaks, remove, replace, write} from './breaks.js';

test(
	'two commands in a block',
	breaks,
	replace('02-second.md', 'docker stop {{id}}', 'docker ps\ndocker stop {{id}}'),
	'02-second.md:30:1 a step can have at most one command, on one line',
);
test(
	'a command that needs a shell',
	breaks,
	replace('02-second.md', 'sleep 60', 'sleep 60 | cat'),
	'02-second.md:15:28 `|` needs a shell, but commands run without one',
);
test(
	'a command in a step to read',
	breaks,
	replace('01-first.md', 'Two stages.', '```sh run\ndocker ps\n```'),
	'01-first.md:13:1 a step of the kind `read` can’t have a command: nothing would run it',
);
test(
	'a command in a challenge',
	breaks,
	replace('02-second.md', 'Start a', '```sh run\ndocker ps\n```\n\nStart a'),
	'02-second.md:43:1 a challenge can’t have a command: the learner finds it; put yours into the solution',
);
test(
	'a builder step that chooses none',
	breaks,
	replace('01-first.md', 'kind: read', 'kind: builder'),
	'01-first.md:7:1 the command of a step of the kind `builder` must be `export DOCKER_BUILDKIT=0`, or `=1`',
);
test(
	'a run step without checks',
	breaks,
	replace(
		'02-second.md',
		'checks:\n  - {check: exit, is: 0, finding: not-stopped, hint: It did not stop.}\n',
		'',
	),
	'02-second.md:22:1 a step that runs a command needs a check: without one, it passes whatever happens',
);
test(
	'a prediction about no build',
	breaks,
	replace('02-second.md', 'kind: run', 'kind: run\npredict: stages'),
	'02-second.md:8:1 `predict` asks about stages, but this command builds none',
);
test(
	'a build of what is in no context',
	breaks,
	both(remove('recordings'), replace('01-first.md', '--target words ./app', './web')),
	'01-first.md:42:1 builds `web/Dockerfile`, which is not in any context',
);
test(
	'a target that is no stage',
	breaks,
	both(remove('recordings'), replace('01-first.md', '--target words', '--target wrods')),
	'01-first.md:42:21 `app/Dockerfile` has no stage `wrods`; did you mean `words`?',
);

const last = (yaml: string): string => `
## Tidy up

<!-- step
id: tidy-up
kind: run
${yaml}-->

Everything goes.
`;
const cleanup = 'a step of the kind `run` without a command is the clean-up';
test(
	'a step in the middle whose command is missing is no clean-up',
	breaks,
	replace('02-second.md', '```sh run\ndocker stop', '```sh\ndocker stop'),
	'02-second.md:28:1 nothing runs this command: a block that is run begins with ```sh run',
);
test(
	'a clean-up with another step behind it',
	breaks,
	write('03-third.md', `# Third\n${last('')}\n## Read\n\n<!-- step\nid: read-on\nkind: read\n-->\n\nText.\n`),
	`03-third.md:7:1 ${cleanup}, which must be the last step of a workshop; a command is a fenced block that begins with \`\`\`sh run`,
);
test(
	'a last step whose command is missing is no clean-up',
	breaks,
	write('03-third.md', `# Third\n${last('checks: [{check: exit, is: 0, finding: f, hint: H.}]\n')}`),
	`03-third.md:8:1 ${cleanup}, which can’t have checks; a command is a fenced block that begins with \`\`\`sh run`,
);
test(
	'a command whose things clean-up does not know',
	breaks,
	replace('02-second.md', 'docker stop {{id}}', 'docker --debug compose up {{id}}'),
	'02-second.md:29:1 `docker --debug compose up {{id}}` may make things that clean-up does not know, so `docker compose up` is not for workshops',
);
test(
	'a build that writes outside of the lab folder',
	breaks,
	both(remove('recordings'), replace('01-first.md', '--target words', '--target words --output ../out')),
	'01-first.md:42:1 `docker build -t app --target words --output ../out ./app` writes to `../out`, outside of the lab folder, where clean-up removes nothing',
);
test(
	'a blank that is filled with a folder outside of the contexts',
	breaks,
	write(
		'03-third.md',
		'# Third\n\n## Look\n\n<!-- step\nid: look\nkind: blank\nfills: [./elsewhere]\nchecks:\n  - {check: exit, is: 0, finding: other, hint: It failed.}\n-->\n\n```sh run\ndocker build {{?}}\n```\n',
	),
	'03-third.md:14:1 builds `elsewhere/Dockerfile`, which is not in any context',
);
test(
	'a `blank` step that is not checked',
	breaks,
	write(
		'03-third.md',
		'# Third\n\n## Look\n\n<!-- step\nid: look\nkind: blank\nfills: [ps]\n-->\n\n```sh run\ndocker {{?}}\n```\n',
	),
	'03-third.md:7:1 a step that runs a command needs a check: without one, it passes whatever happens',
);
test(
	'a preparation that clean-up can’t undo',
	breaks,
	replace('02-second.md', 'kind: challenge', 'kind: challenge\nsetup: [docker compose up]'),
	'02-second.md:37:9 `docker compose up` may make things that clean-up does not know, so `docker compose up` is not for workshops',
);
test(
	'a preparation that needs a shell',
	breaks,
	replace('02-second.md', 'kind: challenge', 'kind: challenge\nsetup: [docker rm -f a && docker rm -f b]'),
	'02-second.md:37:9 `&&` needs a shell, but commands run without one',
);

const besides = (file: string, kind: string, id: string) => replace(file, kind, `${kind}\nbeside: ${id}`);

test(
	'a step beside another that builds nothing',
	breaks,
	besides('02-second.md', 'kind: run', 'build-it'),
	'02-second.md:8:1 `beside` compares two builds, and this step runs no `docker build`',
);
test(
	'a build beside a step that does not exist',
	breaks,
	besides('01-first.md', 'kind: run', 'bild-it'),
	'01-first.md:29:1 `beside` names `bild-it`, but there is no such step; did you mean `read-it`?',
);
test(
	'a build beside a later step',
	breaks,
	besides('01-first.md', 'kind: run', 'start-it'),
	'01-first.md:29:1 `beside` names `start-it`, which does not come before this step',
);
test(
	'a build beside itself',
	breaks,
	besides('01-first.md', 'kind: run', 'build-it'),
	'01-first.md:29:1 `beside` names `build-it`, which does not come before this step',
);
test(
	'a build beside a step that builds nothing',
	breaks,
	besides('01-first.md', 'kind: run', 'read-it'),
	'01-first.md:29:1 `beside` names `read-it`, which runs no `docker build`',
);
