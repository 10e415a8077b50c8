import test from 'ava';
import {temporaryFolder} from '../../tools/child-environment.js';
import {soundWorkshop} from '../../tools/sound-workshop.js';
import {writeFiles} from '../../tools/write-files.js';
import {both, breaks, problemsIn, remove, replace} from './breaks.js';

test(
	'a check of a file in no context',
	breaks,
	replace('01-first.md', 'path: app/', 'path: web/'),
	'01-first.md:9:19 looks at `web/Dockerfile`, which is in no context',
);
test(
	'a check of a file that is not there',
	breaks,
	replace('01-first.md', 'app/Dockerfile, has', 'app/app.go, has'),
	'01-first.md:9:19 looks at `app/app.go`, which is not there',
);
test(
	'a check of what a file does not say',
	breaks,
	replace('01-first.md', '[FROM alpine]', '[FROM alpine, USER]'),
	'01-first.md:9:60 `app/Dockerfile` does not contain `USER`',
);
test(
	'a check of a stage that is none',
	breaks,
	replace('01-first.md', 'done: [words]', 'done: [word]'),
	'01-first.md:36:28 `app/Dockerfile` has no stage `word`; did you mean `words`?',
);
test(
	'a check of stages without a build',
	breaks,
	replace('02-second.md', 'check: exit, is: 0', 'check: stages'),
	'02-second.md:11:6 looks at stages, and this step builds none',
);
for (const command of ['docker buildx bake', 'docker compose -f app/compose.yaml build'])
	test(`the stages of \`${command}\` can be checked, but not predicted`, t => {
		const folder = temporaryFolder();
		writeFiles(folder, soundWorkshop);
		const build = replace('01-first.md', 'docker build -t app --target words ./app', command);
		remove('recordings')(folder);
		both(build, replace('01-first.md', 'done: [words]', 'done: [web/words]'))(folder);
		t.deepEqual(problemsIn(folder), [
			'01-first.md:30:1 `predict` asks about stages, which nobody knows before this command runs: a file defines what it builds',
		]);
		replace('01-first.md', 'predict: stages\n', '')(folder);
		t.deepEqual(problemsIn(folder), []);
	});
test(
	'a challenge without checks',
	breaks,
	replace('02-second.md', 'checks:\n  - {check: container', 'capture: {}\n#'),
	'02-second.md:36:1 a challenge without checks passes before anything is done',
);
for (const check of [
	'check: file, path: app/Dockerfile, has: [RUN]',
	'check: dockerfile, path: app/Dockerfile',
]) {
	test(
		`a start state that passes already: ${check}`,
		breaks,
		replace('02-second.md', 'check: container, name: waits, state: running', check),
		'02-second.md:38:1 the start state already passes: nothing is left for the learner to do',
	);
}
