import test from 'ava';
import {matchesCommand} from '../../source/workshop/steps.js';

const matches = test.macro((t, command: string, argv: string[], expected: boolean) =>
	t.is(matchesCommand(command, argv), expected),
);

for (const [command, argv, expected] of [
	['docker run simple', ['docker', 'run', 'simple'], true],
	['docker run simple', ['docker', 'run', 'simple:test'], false],
	['docker run simple', ['docker', 'run'], false],
	['docker run simple', ['docker', 'run', 'simple', 'sh'], false],
	['docker run "a b"', ['docker', 'run', 'a b'], true],
	['curl localhost:{{port}}', ['curl', 'localhost:32768'], true],
	['curl localhost:{{port}}/a', ['curl', 'localhost:32768/b'], false],
	['curl localhost:{{port}}', ['curl', 'example.org'], false],
	['curl --silent localhost:{{port}}', ['curl', 'localhost:1'], true],
	["docker ps --format '{{.Names}}'", ['docker', 'ps', '--format', '{{.Names}}'], true],
	["docker ps --format '{{.Names}}'", ['docker', 'ps', '--format', '{{.ID}}'], false],
	['docker rm {{a}}-{{b}}', ['docker', 'rm', 'x-y'], true],
] as const) {
	test(
		`\`${argv.join(' ')}\` ${expected ? 'is' : 'is not'} \`${command}\``,
		matches,
		command,
		[...argv],
		expected,
	);
}
