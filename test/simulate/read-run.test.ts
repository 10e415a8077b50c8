import test from 'ava';
import {type DockerCommand, parseDockerCommand} from '../../source/docker/command.js';
import {Refusal, Unclear} from '../../source/simulate/model.js';
import {parseRun} from '../../source/simulate/run.js';

const runOf = (line: string) =>
	parseDockerCommand(['docker', 'run', ...line.split(' ').filter(Boolean)]) as DockerCommand;

const reads = test.macro({
	exec: (t, line: string, expected: object) => t.like(parseRun(runOf(line)), expected),
	title: (_, line) => `docker run ${line}`,
});

test(reads, 'whoami', {image: 'whoami', args: [], detached: false, ports: []});
test(reads, '-dp 8050:5000 whoami -port 5000', {image: 'whoami', args: ['-port', '5000'], detached: true});
test(reads, '-itd --rm -e A=B -v /a:/b whoami', {image: 'whoami', detached: true});
test(reads, '-d -- whoami -P', {image: 'whoami', args: ['-P']});
test(reads, '--detach=false whoami', {image: 'whoami', detached: false});
test(reads, '-p=8050:80 whoami', {
	ports: [{hostIp: '', hostPorts: [8050, 8050], containerPort: 80, protocol: 'tcp'}],
});
test(reads, '-p 127.0.0.1::80/udp whoami', {
	ports: [{hostIp: '127.0.0.1', hostPorts: null, protocol: 'udp'}],
});
test(reads, '-p [::1]:8050:80 whoami', {ports: [{hostIp: '::1', hostPorts: [8050, 8050]}]});
test(reads, '-p 8050-8051:80-81 whoami', {
	ports: [
		{hostPorts: [8050, 8050], containerPort: 80},
		{hostPorts: [8051, 8051], containerPort: 81},
	],
});
test(reads, '--expose 5000-5001/udp whoami', {exposed: ['5000/udp', '5001/udp']});

const refuses = test.macro({
	exec(t, line: string, says: string, exitCode = 125) {
		const refusal = t.throws(() => parseRun(runOf(line)), {instanceOf: Refusal});
		t.like(refusal, {message: `${says}\nSee 'docker run --help'.`, exitCode});
	},
	title: (_, line, says) => `docker run ${line}: ${says}`,
});

// As the CLI of engine 26 says it.
test(refuses, '-d -P -port 5000 whoami', 'docker: Invalid containerPort: ort.');
test(refuses, '-d --port 5000 whoami', 'unknown flag: --port');
test(refuses, '-dx whoami', "unknown shorthand flag: 'x' in -x");
test(refuses, '-d -p', "flag needs an argument: 'p' in -p");
test(refuses, '-d --name', 'flag needs an argument: --name');
test(
	refuses,
	'--rm=maybe whoami',
	'invalid argument "maybe" for "--rm" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
);
test(refuses, '-p 99999:5000 whoami', 'docker: Invalid hostPort: 99999.');
test(refuses, '-p 8050:5000/foo whoami', 'docker: Invalid proto: foo.');
test(refuses, '-p 1.2.3:80:80 whoami', 'docker: Invalid ip address: 1.2.3.');
test(
	refuses,
	'-p 8050-8052:80-81 whoami',
	'docker: Invalid ranges specified for container and host Ports: 80-81 and 8050-8052.',
);
test(
	refuses,
	'-d Whoami',
	'docker: invalid reference format: repository name (library/Whoami) must be lowercase.',
);
test(refuses, '--rm --restart always whoami', 'docker: Conflicting options: --restart and --rm.');
test(refuses, '-d -e whoami', '"docker run" requires at least 1 argument.', 1);

test('a flag of which nobody can tell what it does is told as such', t => {
	t.throws(() => parseRun(runOf('--gpus all whoami')), {
		instanceOf: Unclear,
		message: 'Only a real engine can tell what `--gpus` changes.',
	});
});
