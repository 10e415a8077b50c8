import test from 'ava';
import {needsTerminal} from '../../../source/session/plan/line-plan.js';
import {parseShellLine} from '../../../source/session/plan/shell-line.js';
import type {Dialect} from '../../../source/workshop/model.js';

const splits = test.macro({
	exec(t, line: string, words: string[][], isPlain: boolean, dialect: Dialect = 'sh') {
		const read = parseShellLine(line, dialect);
		t.deepEqual(
			read.commands.map(command => command.words),
			words,
		);
		t.is(read.isPlain, isPlain);
	},
	title: (_, line, __, isPlain) => `\`${line}\` is ${isPlain ? 'plain' : 'more than one plain command'}`,
});

test(splits, 'docker build -t "my app" ./simple', [['docker', 'build', '-t', 'my app', './simple']], true);
test(splits, 'DOCKER_BUILDKIT=0 docker build .', [['docker', 'build', '.']], true);
test(
	splits,
	'cd simple && docker build .',
	[
		['cd', 'simple'],
		['docker', 'build', '.'],
	],
	false,
);
test(
	splits,
	'docker ps | wc -l',
	[
		['docker', 'ps'],
		['wc', '-l'],
	],
	false,
);
test(splits, 'docker build . > log 2>&1', [['docker', 'build', '.']], false);
test(
	splits,
	'docker run $(docker build -q .)',
	[
		['docker', 'run', '$'],
		['docker', 'build', '-q', '.'],
	],
	false,
);
test(splits, 'docker build \\\n -t a .', [['docker', 'build', '-t', 'a', '.']], true);
test(
	splits,
	'docker ps\ndocker images',
	[
		['docker', 'ps'],
		['docker', 'images'],
	],
	false,
);
test(splits, 'docker build .\\simple', [['docker', 'build', '.\\simple']], true, 'powershell');
test(splits, 'ls *.go', [['ls', '*.go']], true);
test(splits, '', [], false);

const outputs = test.macro({
	exec(t, line: string, expected: object[]) {
		const outputs = parseShellLine(line, 'sh').commands[0]?.outputs;
		t.deepEqual(
			outputs?.map(({file, streams}) => ({file, streams})),
			expected as never,
		);
		t.is(outputs?.[0]?.isAppended ?? false, line.includes('>>'));
	},
	title: (_, line) => `where the output of \`${line}\` goes`,
});

test(outputs, 'docker build . > log', [{file: 'log', streams: ['stdout']}]);
test(outputs, 'docker build . 2> log', [{file: 'log', streams: ['stderr']}]);
test(outputs, 'docker build . > log 2>&1', [{file: 'log', streams: ['stdout', 'stderr']}]);
test(outputs, 'docker build . &>> log', [{file: 'log', streams: ['stdout', 'stderr']}]);
test(outputs, 'docker run simple < in', []);

const asks = test.macro({
	exec: (t, line: string, expected: boolean) =>
		t.is(parseShellLine(line, 'sh').commands.some(needsTerminal), expected),
	title: (_, line, expected) => `\`${line}\` ${expected ? 'gets' : 'does not get'} the terminal`,
});

for (const line of [
	...['docker run -it alpine sh', 'docker run --rm -ti alpine', 'docker container run -i -t -p 80:80 x sh'],
	...[
		'docker exec -it w sh',
		'docker attach w',
		'docker start -ai w',
		'sudo docker run -it x',
		'vim a',
		'nano',
	],
	...['/usr/bin/less app.go', 'bash', 'docker ps | less'],
]) {
	test(asks, line, true);
}
for (const line of [
	...[
		'docker run alpine ls -t',
		'docker run -itd alpine',
		'docker run -i alpine',
		'docker start w',
		'bash -c ls',
	],
	...['echo ls | sh', 'docker run --name -t alpine', 'docker ps', 'docker build -t x .'],
]) {
	test(asks, line, false);
}
