import test from 'ava';
import {warnAboutOtherEngine} from '../../../source/session/plan/line-plan.js';
import {parseShellLine} from '../../../source/session/plan/shell-line.js';

const said = test.macro({
	exec: (t, line: string, expected: RegExp | null) => {
		const notice = warnAboutOtherEngine(parseShellLine(line, 'sh'));
		if (expected === null) t.is(notice, null);
		else t.regex(notice ?? '', expected);
	},
	title: (_, line) => `\`${line}\``,
});

const another = /judged on the engine that it started with/;
for (const line of [
	'docker --context other run simple',
	'docker --context=other run simple',
	'docker -c other ps',
	'sudo docker -H tcp://127.0.0.1:1 ps',
	'docker -Htcp://127.0.0.1:1 ps',
	'docker --debug --host tcp://127.0.0.1:1 build .',
	'docker --config /elsewhere ps',
	'DOCKER_CONTEXT=other docker ps',
	'export DOCKER_HOST=tcp://127.0.0.1:1 && docker ps',
	'env DOCKER_HOST=tcp://127.0.0.1:1 docker ps',
	'ls; unset DOCKER_HOST; docker ps',
])
	test(said, line, another);
test(said, 'docker context use other', /applies to other terminals/);
for (const line of [
	'docker build -c 512 .',
	'docker run --config a simple',
	'docker context ls',
	'docker run -h host simple',
	'echo docker -H x',
	'export GREETING=hello && docker ps',
])
	test(said, line, null);
