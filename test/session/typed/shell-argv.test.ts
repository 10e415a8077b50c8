import test from 'ava';
import {shellArgv} from '../../../source/session/plan/shell-line.js';

test('a line goes to the shell that the learner has', t => {
	const posix = (SHELL?: string) =>
		shellArgv('docker ps', 'sh', {platform: 'linux', environment: SHELL === undefined ? {} : {SHELL}}).argv;
	t.deepEqual(posix('/usr/bin/zsh'), ['/usr/bin/zsh', '-c', 'docker ps']);
	t.deepEqual(posix(), ['sh', '-c', 'docker ps']);
	t.deepEqual(posix('zsh'), ['sh', '-c', 'docker ps']);
});

test('PowerShell gives back the exit code of the program', t => {
	const {argv} = shellArgv('docker ps', 'powershell', {platform: 'win32', environment: {}});
	t.is(argv[0], 'powershell.exe');
	t.regex(argv.at(-1) ?? '', /^docker ps\n.*exit \$LASTEXITCODE/);
	t.is(shellArgv('ls', 'powershell', {platform: 'linux', environment: {}}).argv[0], 'pwsh');
});

test('cmd gets the whole line as it stands', t => {
	t.deepEqual(shellArgv('docker ps\ndir "a b"', 'cmd', {platform: 'win32', environment: {}}), {
		argv: ['cmd.exe', '/d', '/s', '/c', '"docker ps & dir "a b""'],
		exact: true,
	});
});
