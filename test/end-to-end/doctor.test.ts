import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {sampleOf} from '../tools/deep.js';
import {pathWithDocker} from '../tools/docker-cli.js';
import {runAsNobody} from '../tools/run-as-nobody.js';
import {runHere} from '../tools/run-here.js';
import {keys, openTerminal, type TerminalOptions} from '../tools/terminal.js';
import {type Diagnosis, failedIds, isDiagnosed as isDiagnosedBy, readFindings} from './diagnose.js';

// Faults that no engine has to be up for. Those of engines are in doctor-engine.test.ts.

const PATH = pathWithDocker();
const isDiagnosed = (
	t: ExecutionContext,
	options: {env: Record<string, string>; args?: string[]},
	wanted: Diagnosis,
) => isDiagnosedBy(t, options, wanted, runHere);

const withCli = PATH ? test.serial : test.serial.skip;
const noEngine: Record<string, string> = {DOCKER_HOST: 'unix:///nowhere/docker.sock', ...(PATH && {PATH})};

const socketOf = async (t: ExecutionContext, onConnection: (socket: Socket) => void): Promise<string> => {
	const sockets = new Set<Socket>();
	const server = createServer(socket => {
		sockets.add(socket);
		onConnection(socket);
	});
	const file = path.join(temporaryFolder(), 'd.sock');
	await new Promise<void>(resolve => server.listen(file, resolve));
	t.teardown(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return `unix://${file}`;
};

test.serial('no docker command', async t => {
	const findings = await isDiagnosed(
		t,
		{env: {PATH: '/nowhere'}},
		{id: 'docker-cli', verdict: 'failed', says: /not on this machine’s `PATH`.*install Docker/},
	);
	// What can't be told without one is no fault of its own.
	t.deepEqual(failedIds(findings), ['docker-cli', 'curl']);
});

withCli('no engine', async t => {
	const findings = await isDiagnosed(
		t,
		{env: noEngine},
		{
			id: 'engine',
			verdict: 'failed',
			says: /No Docker engine runs at unix:\/\/\/nowhere\/docker\.sock.*start/,
		},
	);
	t.like(
		findings.find(({id}) => id === 'permission'),
		{verdict: 'unknown'},
	);
});

withCli('a socket that takes every connection and never answers', async t => {
	const DOCKER_HOST = await socketOf(t, () => {});
	await isDiagnosed(
		t,
		{env: {...noEngine, DOCKER_HOST}},
		{id: 'engine', verdict: 'failed', says: /does not answer.*docker version/},
	);
});

withCli('a socket of something else', async t => {
	const DOCKER_HOST = await socketOf(t, socket => socket.once('data', () => socket.end('SSH-2.0\r\n')));
	await isDiagnosed(
		t,
		{env: {...noEngine, DOCKER_HOST}},
		{id: 'engine', verdict: 'failed', says: /can’t be used/},
	);
});

withCli('a context that is not there', async t => {
	const {DOCKER_HOST: _, ...env} = noEngine;
	await isDiagnosed(
		t,
		{env: {...env, DOCKER_CONTEXT: 'nosuch'}},
		{id: 'engine', verdict: 'failed', says: /nosuch/},
	);
});

const asNobody = PATH && process.getuid?.() === 0 ? test.serial : test.serial.skip;
asNobody('an engine that this user may not use', async t => {
	const {stdout, exitCode} = await runAsNobody(t, ['doctor', '--json'], noEngine);
	const findings = readFindings(t, stdout, exitCode);
	t.is(exitCode, 3);
	const finding = (id: string) => findings.find(one => one.id === id);
	t.like(finding('permission'), {verdict: 'failed'});
	t.regex(
		`${finding('permission')?.reason} ${finding('permission')?.next}`,
		/do not have permission.*usermod -aG docker/,
	);
	t.like(finding('engine'), {verdict: 'unknown'});
});

const mountRoom = (t: ExecutionContext): string | null => {
	const folder = temporaryFolder();
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], {stdio: 'ignore'});
	} catch {
		return null;
	}
	t.teardown(() => execFileSync('umount', [folder]));
	return folder;
};

const small = test.macro(
	async (t, place: (folder: string) => {env?: Record<string, string>; args?: string[]}) => {
		const folder = mountRoom(t);
		if (folder === null) return t.pass('Here nothing can be mounted.');
		const {env = {}, args = []} = place(folder);
		await isDiagnosed(
			t,
			{env: {...noEngine, ...env}, args},
			{id: 'disk', verdict: 'failed', says: /8\.39 MB left for .*may need 100 MB.*make room/},
		);
	},
);
test.serial('a disk that is nearly full for progress and transcripts', small, XDG_STATE_HOME => ({
	env: {XDG_STATE_HOME},
}));
test.serial('a disk that is nearly full for the lab files', small, folder => ({
	args: ['--dir', path.join(folder, 'lab')],
}));

const onTerminal = test.macro(
	async (t, options: TerminalOptions, {verdict, says}: Pick<Diagnosis, 'verdict' | 'says'>) => {
		const terminal = openTerminal({
			...options,
			env: {...noEngine, ...options.env},
			args: ['doctor', '--json'],
			around: `${options.around ?? ':'}; "$@" >out; echo $? >code; echo over`,
		});
		await terminal.waitFor('over');
		const file = (name: string) => readFileSync(path.join(terminal.cwd, name), 'utf8');
		const findings = readFindings(t, file('out'), Number(file('code')));
		const found = findings.find(({id}) => id === 'terminal');
		t.is(found?.verdict, verdict, found?.reason);
		t.regex(`${found?.reason} ${found?.next}`, says);
		await terminal.exited;
	},
);
const terminals: Array<[what: string, TerminalOptions, Pick<Diagnosis, 'verdict' | 'says'>]> = [
	[
		'a terminal with too few rows',
		{columns: 80, rows: 9},
		{verdict: 'failed', says: /80 columns and 9 rows.*at least 40 columns and 12 rows/},
	],
	[
		'a terminal with too few columns',
		{columns: 30, rows: 24},
		{verdict: 'failed', says: /30 columns.*larger/},
	],
	['a terminal without UTF-8', {env: {LANG: 'C'}}, {verdict: 'failed', says: /not UTF-8.*LANG=C\.UTF-8/}],
	[
		'a terminal that can’t move its cursor is no fault',
		{around: 'TERM=dumb; export TERM'},
		{verdict: 'passed', says: /plain lines/},
	],
	['a terminal as it should be', {}, {verdict: 'passed', says: /120 columns and 40 rows/}],
];
for (const [what, options, wanted] of sampleOf(terminals, 2)) test.serial(what, onTerminal, options, wanted);

test.serial(
	'without --json each finding has a line, its fix below it, and the recording is named',
	async t => {
		const terminal = openTerminal({args: ['doctor'], env: noEngine});
		await terminal.waitFor('multistage-workshop --replay');
		const text = terminal.screen().join('\n');
		t.regex(text, /^FAILED {3}engine {10}No Docker engine runs at .*\n +Next: start it/m);
		t.true(text.indexOf('node') < text.indexOf('disk'));
		t.is((await terminal.exited).exitCode, 3);
	},
);

withCli('the welcome says that something is wrong, and a key tells all of it, again and again', async t => {
	const folder = temporaryFolder();
	const terminal = openTerminal({env: {...noEngine, DOCKER_HOST: `unix://${folder}/d.sock`}});
	await terminal.waitFor('something needs fixing');
	terminal.press('m');
	await terminal.waitFor(/✖ engine +No Docker engine runs/);
	const server = createServer(socket => socket.end('SSH-2.0\r\n')).listen(path.join(folder, 'd.sock'));
	t.teardown(() => server.close());
	terminal.press('r');
	await terminal.waitFor(/✖ engine +The Docker engine at/);
	terminal.press(keys.enter);
	await terminal.waitFor('enter play the recording');
	terminal.press('q');
	t.is((await terminal.exited).exitCode, 0);
});
