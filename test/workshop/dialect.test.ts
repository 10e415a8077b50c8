import {readdirSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import type {Root, RootContent} from 'mdast';
import {readWorkshopFiles} from '../../source/storage/workshop-files.js';
import {translateCommand} from '../../source/workshop/dialect.js';
import {parseWorkshop} from '../../source/workshop/parse-workshop.js';

/** POSIX, PowerShell, cmd. */
const table: Array<[string, string, string]> = [
	['docker build -t simple ./simple', 'docker build -t simple ./simple', 'docker build -t simple ./simple'],
	['export DOCKER_BUILDKIT=0', "$env:DOCKER_BUILDKIT='0'", 'set DOCKER_BUILDKIT=0'],
	['export DOCKER_BUILDKIT=1', "$env:DOCKER_BUILDKIT='1'", 'set DOCKER_BUILDKIT=1'],
	["export NAME='two words'", "$env:NAME='two words'", 'set "NAME=two words"'],
	['unset DOCKER_BUILDKIT', 'Remove-Item Env:DOCKER_BUILDKIT', 'set DOCKER_BUILDKIT='],
	[
		'DOCKER_BUILDKIT=0 docker build .',
		"$env:DOCKER_BUILDKIT='0'; docker build .",
		'set "DOCKER_BUILDKIT=0" && docker build .',
	],
	['curl localhost:8050', 'curl.exe localhost:8050', 'curl localhost:8050'],
	['curl localhost:{{port}}', 'curl.exe localhost:{{port}}', 'curl localhost:{{port}}'],
	['docker run curlimages/curl', 'docker run curlimages/curl', 'docker run curlimages/curl'],
	[
		"docker image inspect -f '{{.Config.Cmd}}' simple:test",
		"docker image inspect -f '{{.Config.Cmd}}' simple:test",
		'docker image inspect -f "{{.Config.Cmd}}" simple:test',
	],
	[
		'docker run whoami sh -c \'echo "hi"\'',
		'docker run whoami sh -c \'echo "hi"\'',
		'docker run whoami sh -c "echo \\"hi\\""',
	],
	['docker run -v "$PWD/a b:/a" x', 'docker run -v "$env:PWD/a b:/a" x', 'docker run -v "%PWD%/a b:/a" x'],
	[
		'docker rm -f $(docker ps -aq)',
		'docker rm -f $(docker ps -aq)',
		"for /f %i in ('docker ps -aq') do docker rm -f %i",
	],
	[
		'docker build -t a . && curl localhost',
		'docker build -t a .; if ($?) { curl.exe localhost }',
		'docker build -t a . && curl localhost',
	],
	['docker run \\\n  -d whoami', 'docker run `\n  -d whoami', 'docker run ^\n  -d whoami'],
	['./make.sh ./simple', './make.sh ./simple', '.\\make.sh ./simple'],
	[
		"docker image inspect --format '{{.Size}}' shop:plain",
		"docker image inspect --format '{{.Size}}' shop:plain",
		'docker image inspect --format "{{.Size}}" shop:plain',
	],
	[
		"docker image inspect --format '{{.Size}}' shop:mount",
		"docker image inspect --format '{{.Size}}' shop:mount",
		'docker image inspect --format "{{.Size}}" shop:mount',
	],
	[
		"docker history --no-trunc --format '{{.CreatedBy}}' site:leaky",
		"docker history --no-trunc --format '{{.CreatedBy}}' site:leaky",
		'docker history --no-trunc --format "{{.CreatedBy}}" site:leaky',
	],
	[
		"docker history --no-trunc --format '{{.CreatedBy}}' site:leaky-builder",
		"docker history --no-trunc --format '{{.CreatedBy}}' site:leaky-builder",
		'docker history --no-trunc --format "{{.CreatedBy}}" site:leaky-builder',
	],
	[
		"docker run --rm --entrypoint find report / -xdev -name 'report*'",
		"docker run --rm --entrypoint find report / -xdev -name 'report*'",
		'docker run --rm --entrypoint find report / -xdev -name "report*"',
	],
	['docker ps\ncurl localhost', 'docker ps\ncurl.exe localhost', 'docker ps\ncurl localhost'],
];

for (const [posix, powershell, cmd] of table) {
	test(`\`${posix}\` in each dialect`, t => {
		t.is(translateCommand(posix, 'sh'), posix);
		t.is(translateCommand(posix, 'powershell'), powershell);
		t.is(translateCommand(posix, 'cmd'), cmd);
	});
}

/** Everything in a text that is typed into a shell. */
const commandsIn = (node: Root | RootContent): string[] => {
	if (node.type === 'code') return node.lang === 'sh' ? node.value.split('\n') : [];
	if (node.type === 'inlineCode') return /^(docker|curl|export|unset) /.test(node.value) ? [node.value] : [];
	return 'children' in node ? node.children.flatMap(commandsIn) : [];
};

/** What only some shells understand. */
const peculiar = /['"$`\\|&;<>]|^(?:export|unset|curl)\b/;

for (const name of readdirSync('workshops', {withFileTypes: true}).filter(entry => entry.isDirectory())) {
	test(`every command of ${name.name} is the same in each dialect, or in the table`, t => {
		const {workshop, problems} = parseWorkshop(readWorkshopFiles(path.join('workshops', name.name)));
		t.deepEqual(problems, []);
		const steps = workshop?.chapters.flatMap(chapter => chapter.steps) ?? [];
		const commands = steps.flatMap(({command, body, hints, solution}) => [
			...(command === null ? [] : [command]),
			...[body, ...hints, ...(solution ? [solution] : [])].flatMap(commandsIn),
		]);
		t.true(commands.length > 5);
		// An ellipsis or a name in angle brackets stands for what the learner fills in.
		const literal = commands.filter(command => !/…|<[\w ]+>|\[\w+\]/.test(command));
		const known = new Set(table.map(([posix]) => posix));
		t.deepEqual(
			literal.filter(command => peculiar.test(command) && !known.has(command)),
			[],
		);
	});
}
