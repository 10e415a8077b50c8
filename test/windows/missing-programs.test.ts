import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {temporaryFolder} from '../tools/child-environment.js';
import {
	awkwardFolder,
	bundleChild,
	nodeProgram,
	runOnWindows,
	systemPath,
	windowsPath,
	windowsTest,
} from './windows.js';

const noDocker = 'The docker command is not on this machine’s `PATH`.';

windowsTest('without docker and curl every way in says so, in words of its own', async t => {
	const [doctor, run, welcome] = await runOnWindows([
		{args: ['doctor', '--json']},
		{args: ['run']},
		{args: ['--plain'], stdin: 'q\r\n'},
	]);
	const findings: Array<{id: string; verdict: string; reason: string}> = JSON.parse(
		doctor?.stdout ?? '',
	).findings;
	const reasonOf = (id: string) => findings.find(finding => finding.id === id)?.reason;
	t.is(doctor?.exitCode, 3);
	t.is(reasonOf('docker-cli'), noDocker);
	t.regex(reasonOf('curl') ?? '', /^curl is not on this machine’s `PATH`/);
	t.is(run?.exitCode, 3, run?.stdout);
	t.true(run?.stderr.includes(noDocker), run?.stderr);
	t.true(welcome?.stdout.replaceAll(/\s+/g, ' ').includes(noDocker.replace('’', "'")), welcome?.stdout);
});

windowsTest('a program is found by PATH and PATHEXT, and never in the current folder', async t => {
	const program = await bundleChild('find');
	const folder = awkwardFolder();
	// Wine's cmd can't start a batch file with a blank in its path, which Windows can.
	const bin = temporaryFolder();
	writeFileSync(path.join(bin, 'docker.cmd'), '@echo Docker version 26.1.5, build a72d7cd\r\n');
	writeFileSync(path.join(bin, 'plain'), 'no program\n');
	const cwd = path.join(folder, 'lab');
	mkdirSync(cwd);
	for (const name of ['docker.exe', 'curl.exe']) writeFileSync(path.join(cwd, name), '');
	const onPath = {Path: `${systemPath};"${windowsPath(bin)}"`};
	const [found, doctor] = await runOnWindows([
		{program, args: ['docker', 'curl', 'plain', 'cmd', 'nowhere'], cwd, env: onPath},
		{args: ['doctor', '--json'], cwd, env: onPath},
	]);
	const places: Array<[string, string, string | null]> = JSON.parse(found?.stdout ?? '');
	t.deepEqual(
		places.map(([name, place]) => [name, place.toLowerCase()]),
		[
			['docker', windowsPath(path.join(bin, 'docker.cmd')).toLowerCase()],
			['curl', 'enoent'],
			['plain', 'enoent'],
			['cmd', 'c:\\windows\\system32\\cmd.exe'],
			['nowhere', 'enoent'],
		],
	);
	const [, cli] = JSON.parse(doctor?.stdout ?? '').findings;
	t.like(cli, {id: 'docker-cli', verdict: 'passed', reason: 'The docker CLI is 26.1.5.'});
});

for (const way of ['cancel', 'exit']) {
	windowsTest(`what a command has started ends with it on ${way}`, async t => {
		const program = await bundleChild('end-tree');
		const bin = temporaryFolder();
		const folder = awkwardFolder();
		const killer = windowsPath('test/windows/children/taskkill.cjs');
		writeFileSync(path.join(bin, 'taskkill.cmd'), `@node.exe ${killer} %*\r\n`);
		const node = windowsPath(path.dirname(nodeProgram));
		const [ended] = await runOnWindows([
			{
				program,
				args: [way, windowsPath(folder)],
				env: {Path: `${windowsPath(bin)};${node};${systemPath}`},
			},
		]);
		t.is(ended?.exitCode, 0, ended?.stderr);
		t.is(ended?.stdout, way === 'cancel' ? 'cancelled' : '');
		const pids = readFileSync(path.join(folder, 'pids'), 'utf8').split(' ');
		t.is(pids.length, 2);
		const [alive] = await runOnWindows([{program: 'test/windows/children/alive.cjs', args: pids}]);
		t.is(alive?.stdout, '');
	});
}
