import test from 'ava';
import {both, breaks, remove, replace, write} from './breaks.js';

test(
	'a challenge without a solution',
	breaks,
	remove('solutions/say-it'),
	'02-second.md:35:1 this challenge has no solution: there is no solutions/say-it/run.yaml',
);
test(
	'a solution of no challenge',
	breaks,
	write('solutions/build-it/run.yaml', 'finding: passed\ncommands: []\n'),
	'solutions/build-it:1:1 there is no challenge `build-it`',
);
test(
	'attempts of no challenge',
	breaks,
	write('attempts/wave/a/run.yaml', 'finding: x\ncommands: []\n'),
	'attempts/wave:1:1 there is no challenge `wave`',
);
test(
	'a solution that does not say passed',
	breaks,
	replace('solutions/say-it/run.yaml', 'passed', 'not-waiting'),
	'solutions/say-it/run.yaml:1:1 the finding of a solution must be `passed`',
);
test(
	'an attempt that says passed',
	breaks,
	replace('attempts/say-it/no-name/run.yaml', 'not-waiting', 'passed'),
	'attempts/say-it/no-name/run.yaml:1:1 an attempt is a wrong answer: its finding can’t be `passed`',
);
test(
	'an attempt with a finding that no check gives',
	breaks,
	replace('attempts/say-it/no-name/run.yaml', 'not-waiting', 'asleep'),
	'attempts/say-it/no-name/run.yaml:1:1 no check of the challenge has the finding `asleep`; they have not-waiting',
);
test(
	'an attempt without its commands',
	breaks,
	write('attempts/say-it/again/app/Dockerfile', 'FROM x'),
	'attempts/say-it/again:1:1 this attempt has no run.yaml',
);
test(
	'a solution without a command line',
	breaks,
	write('solutions/say-it/run.yaml', 'finding: passed\n'),
	'solutions/say-it/run.yaml:1:1 `commands` is missing',
);
test(
	'a command without a program',
	breaks,
	replace('solutions/say-it/run.yaml', '  - [docker', '  - []\n  - [docker'),
	'solutions/say-it/run.yaml:3:5 an item of `commands` must name a program',
);
test(
	'a stray file among the attempts',
	breaks,
	write('attempts/say-it/run.yaml', 'finding: x'),
	'attempts/say-it/run.yaml:1:1 is a stray file: an attempt is a folder',
);
test(
	'a file of a solution in no context',
	breaks,
	write('solutions/say-it/Dockerfile', 'FROM x'),
	'solutions/say-it/Dockerfile:1:1 would be `Dockerfile` in the lab folder, which is not in any context',
);

test(
	'an answer whose things clean-up does not know',
	breaks,
	replace('solutions/say-it/run.yaml', 'docker, run, -d', 'docker, run, -d, -v, "/tmp:/x"'),
	'solutions/say-it/run.yaml:3:5 `docker run -d -v /tmp:/x --name waits app sleep 60` lets its container write to `/tmp`, where clean-up can’t tell what it wrote from the learner’s files: add `:ro`, or use a named volume',
);

const repair = replace('02-second.md', 'kind: challenge', 'kind: repair');
test(
	'a repair of something that is not broken',
	breaks,
	repair,
	'02-second.md:35:1 nothing is broken when this repair begins: put broken files into broken/say-it/, or break something with `setup`',
);
test(
	'broken files of a step that is no repair',
	breaks,
	write('broken/say-it/app/Dockerfile', 'FROM nothing'),
	'broken/say-it:1:1 there is no step `say-it` of the kind `repair`',
);
test(
	'a broken file that is not in any context',
	breaks,
	both(repair, write('broken/say-it/other/Dockerfile', 'FROM nothing')),
	'broken/say-it/other/Dockerfile:1:1 would be `other/Dockerfile` in the lab folder, which is not in any context',
);
test(
	'a broken file that belongs to no step',
	breaks,
	write('broken/Dockerfile', 'FROM nothing'),
	'broken/Dockerfile:1:1 is a stray file: the broken files of a step are in a folder with its id',
);
test(
	'a repair without a solution',
	breaks,
	both(both(repair, write('broken/say-it/app/Dockerfile', 'FROM nothing')), remove('solutions')),
	'02-second.md:35:1 this challenge has no solution: there is no solutions/say-it/run.yaml',
);
