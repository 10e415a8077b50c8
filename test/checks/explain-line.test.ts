import test from 'ava';
import {explainLine} from '../../source/checks/explain-line.js';

const explains = test.macro({
	exec(t, stderr: string, expected: RegExp | null, exitCode: number = 1) {
		const said = explainLine({exitCode, stderr, stdout: ''}, {isDockerRun: exitCode === 125});
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
test(explains, '"docker rm" requires at least 1 argument.', /a word too few/);
test(
	explains,
	'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
	/can’t be reached/,
);
test(
	explains,
	'docker: Error response from daemon: Conflict. The container name "/whoami1" is already in use by container "1".',
	/Docker refused the run.*Next: take another name/,
	125,
);
test(explains, 'something of the program’s own', null, 3);

test('what went well needs no explanation', t => {
	t.is(explainLine({exitCode: 0, stderr: 'x: not found', stdout: ''}, {isDockerRun: false}), null);
});
