import test from 'ava';
import {explainFailedCommand} from '../../source/checks/explain-command.js';

const here = {address: '127.0.0.1', environment: {}};

const explains = test.macro({
	exec(t, stderr: string, expected: RegExp | null, exitCode: number = 1) {
		const said = explainFailedCommand(
			{exitCode, stderr, stdout: ''},
			{...here, isDockerRun: exitCode === 125},
		);
		if (expected === null) t.is(said, null);
		else t.regex(said ?? '', expected);
	},
	title: (_, stderr) => `“${stderr}” is explained`,
});

test(explains, 'sh: 1: dokcer: not found\n', /no program dokcer/, 127);
test(explains, 'bash: line 1: dokcer: command not found\n', /no program dokcer/, 127);
test(explains, 'zsh:1: command not found: dokcer\n', /no program dokcer/, 127);
test(explains, "'dokcer' is not recognized as an internal or external command,", /no program dokcer/);
test(explains, "docker: 'biuld' is not a docker command.\nSee 'docker --help'", /no command biuld/);
test(explains, "docker: unknown command: docker biuld\n\nRun 'docker --help'", /no command biuld/);
test(explains, 'Error response from daemon: No such container: whoami7', /no container whoami7/);
test(explains, 'Error: No such image: simpel:latest', /no image simpel:latest/);
test(explains, "unknown shorthand flag: 'x' in -x\nSee 'docker ps --help'.", /no option 'x' in -x/);
test(explains, 'cat: simpel/Dockerfile: No such file or directory', /no file or folder simpel\/Dockerfile/);
test(explains, "ls: cannot access 'nowhere': No such file or directory", /no file or folder nowhere/, 2);
test(explains, 'sh: 1: Syntax error: Unterminated quoted string', /quotation mark/, 2);
test(explains, 'sh: 1: Syntax error: "|" unexpected', /can’t read this line/, 2);
test(explains, 'the input device is not a TTY', /needs a terminal/);
test(explains, '"docker rm" requires at least 1 argument.', /too few or too many arguments/);
test(
	explains,
	'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
	/can’t be reached/,
);
test(
	explains,
	'docker: Error response from daemon: Conflict. The container name "/whoami1" is already in use by container "1".',
	/Docker refused the run.*Next: use another name/,
	125,
);
test(explains, 'something of the program’s own', null, 3);

test('what went well needs no explanation', t => {
	t.is(
		explainFailedCommand({exitCode: 0, stderr: 'x: not found', stdout: ''}, {...here, isDockerRun: false}),
		null,
	);
});

const refused = (host: string, port: number) =>
	`curl: (7) Failed to connect to ${host} port ${port} after 0 ms: Couldn't connect to server\n`;
for (const [title, stderr, place, expected] of [
	[
		'a proxy that curl asked',
		refused('10.0.0.1', 3128),
		{environment: {http_proxy: 'http://10.0.0.1:3128'}},
		/`http_proxy` names.*--noproxy/,
	],
	[
		'a proxy that is not in play',
		refused('localhost', 8050),
		{environment: {http_proxy: 'http://10.0.0.1:3128'}},
		/Nothing listens/,
	],
	[
		'an engine at another address',
		refused('localhost', 8050),
		{address: '192.0.2.7'},
		/`curl 192\.0\.2\.7:8050`/,
	],
	['that address itself', refused('192.0.2.7', 8050), {address: '192.0.2.7'}, /Nothing listens/],
] as const) {
	test(`a curl that was refused: ${title}`, t => {
		const renderContext = {...here, isDockerRun: false, ...place};
		t.regex(explainFailedCommand({exitCode: 7, stderr, stdout: ''}, renderContext) ?? '', expected);
	});
}
