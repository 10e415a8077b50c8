import test from 'ava';
import {documentMarkdown} from '../../source/report/document-markdown.js';
import {createMachineReport, createMask} from '../../source/report/machine-report.js';

const hide = {home: '/home/ada', user: 'ada', host: 'ada-laptop.lan'};

for (const [text, masked] of [
	[
		'No engine runs at unix:///home/ada/.docker/run/docker.sock.',
		'No engine runs at unix://~/.docker/run/docker.sock.',
	],
	['ssh://ada@build.example.org answers', 'ssh://<host> answers'],
	['tcp://10.0.0.7:2375 and tcp://[fe80::7]:2375', 'tcp://<host>:2375 and tcp://<host>:2375'],
	['tcp://127.0.0.1:2375, tcp://localhost:2376', 'tcp://127.0.0.1:2375, tcp://localhost:2376'],
	['reached at 192.168.1.20 or fe80::1:2', 'reached at <address> or <address>'],
	['Docker 28.5.2 at 12:30:05, 0.0.0.0 and ::1', 'Docker 28.5.2 at 12:30:05, 0.0.0.0 and ::1'],
	['https://ada:secret@proxy.example.org/x', 'https://<user>@proxy.example.org/x'],
	['in the group of ada on ada-laptop', 'in the group of <user> on <host>'],
	['Canada and adamant stay', 'Canada and adamant stay'],
] as const)
	test(`a report does not tell who or where somebody is: ${text}`, t => {
		t.is(createMask(hide)(text), masked);
	});

test('a name that many have is no secret', t => {
	t.is(createMask({home: '', user: 'root', host: 'docker'})('root runs docker'), 'root runs docker');
});

test('a report has the machine, what decides how docker behaves, and every finding', t => {
	const page = documentMarkdown(
		createMachineReport(
			{
				version: '1.2.3',
				node: 'v20.19.0',
				system: 'linux 6.1 x64',
				terminal: {columns: 80, rows: 24},
				environment: {
					DOCKER_HOST: 'ssh://ada@far',
					HTTPS_PROXY: 'http://ada:secret@proxy',
					AWS_SECRET_ACCESS_KEY: 'abc',
					TERM: 'xterm',
				},
				findings: [
					{id: 'engine', verdict: 'failed', reason: 'It is not at /home/ada/x.', next: 'start it'},
					{id: 'curl', verdict: 'passed', reason: 'curl is 8.', next: null},
				],
			},
			{hide, at: new Date('2026-12-01T01:02:03Z')},
		),
	);
	for (const part of [
		'1\\.2\\.3',
		'linux 6\\.1 x64',
		'80×24',
		'engine',
		'FAILED',
		'\\~/x',
		'start it',
		'curl is 8',
	])
		t.true(page.includes(part.replaceAll('\\', '')) || page.includes(part), part);
	t.regex(page, /`HTTPS_PROXY` +\| is set/);
	t.notRegex(page, /ada|secret|abc|AWS/);
});
