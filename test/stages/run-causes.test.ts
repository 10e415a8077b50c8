import test from 'ava';
import {isSaid} from './says-cause.js';

const legacyRun = (command: string, output: string, complaint: string): string =>
	[
		'Step 1/2 : FROM alpine:3.13',
		' ---> c0ed80c91b8e',
		`Step 2/2 : RUN ${command}`,
		' ---> Running in 3f5c0397a596',
		`${output}\nstderr:${complaint}`,
	].join('\n');
const plainRun = (command: string, output: string, error: string): string =>
	[
		`#5 [2/2] RUN ${command}`,
		...output.split('\n').map(line => `#5 0.256 ${line}`),
		`#5 ERROR: ${error}`,
		`ERROR: failed to solve: ${error}`,
	].join('\n');

/** A `RUN` that fails, as the legacy builder and as BuildKit of 20 and 26 show it. */
const failsToRun = (
	what: string,
	command: string,
	{output, code, legacy}: {output: string; code: number; legacy?: string},
	expected: string,
) => {
	const dockerfile = `FROM alpine:3.13\nRUN ${command}\n`;
	const returned =
		legacy === undefined
			? legacyRun(
					command,
					`\u001B[91m${output}\n\u001B[0m`,
					`The command '/bin/sh -c ${command}' returned a non-zero code: ${code}`,
				)
			: legacyRun(command, '', legacy);
	test(`${what}, legacy`, isSaid, 'legacy', dockerfile, returned, expected);
	for (const error of [
		`executor failed running [/bin/sh -c ${command}]: exit code: ${code}`,
		`process "/bin/sh -c ${command}" did not complete successfully: exit code: ${code}`,
	]) {
		test(
			`${what}, ${error.slice(0, 8)}`,
			isSaid,
			'plain',
			dockerfile,
			plainRun(command, output, error),
			expected,
		);
	}
};

failsToRun(
	'a command that is not there',
	'nosuchcmd --x',
	{output: '/bin/sh: nosuchcmd: not found', code: 127},
	'There is no program `nosuchcmd` in this stage: install it, or check the spelling.',
);
failsToRun(
	'a file that is not there to run',
	'./compile',
	{output: '/bin/sh: ./compile: not found', code: 127},
	'There is no program `./compile` in this stage, or its interpreter or loader is missing: check its path, or its `#!` line.',
);
failsToRun(
	'exit code 127 without a word',
	'x',
	{output: 'gone', code: 127},
	'There is no such program in this stage: install it, or check the spelling.',
);
failsToRun(
	'a file that may not be run',
	'/etc/passwd',
	{output: '/bin/sh: /etc/passwd: Permission denied', code: 126},
	'`/etc/passwd` can’t be executed: it is not a program, or it needs `chmod +x`.',
);
const runc = 'runc run failed: unable to start container process: ';
const shim = 'failed to create shim task: OCI runtime create failed: runc create failed: unable to start ';
failsToRun(
	'an exec form that is not there',
	'["nosuchcmd","x"]',
	{
		output: `${runc}exec: "nosuchcmd": executable file not found in $PATH`,
		code: 1,
		legacy: `${shim}container process: exec: "nosuchcmd": executable file not found in $PATH: unknown`,
	},
	'There is no program `nosuchcmd` in this stage: install it, or check the spelling.',
);
failsToRun(
	'an exec form that may not be run',
	'["/etc/passwd"]',
	{
		output: `${runc}exec: "/etc/passwd": permission denied`,
		code: 1,
		legacy: `${shim}container process: exec: "/etc/passwd": permission denied: unknown`,
	},
	'`/etc/passwd` can’t be executed: it is not a program, or it needs `chmod +x`.',
);
failsToRun(
	'a stage without a shell',
	'true',
	{
		output: `${runc}exec: "/bin/sh": stat /bin/sh: no such file or directory`,
		code: 1,
		legacy: `${shim}container process: exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown`,
	},
	'This stage has no shell (`/bin/sh`), so it can’t run commands: a stage that starts from `scratch` is empty.',
);
failsToRun(
	'a program of another processor',
	'["/x"]',
	{output: 'exec /x: exec format error', code: 1},
	'`/x` is not a program for this processor, or it is a script without a `#!` line.',
);
failsToRun(
	'a full disk',
	'dd if=/dev/zero of=/dev/full',
	{output: "dd: error writing '/dev/full': No space left on device\n0+0 records out", code: 1},
	'The disk is full: run `docker system df` to see what uses the space.',
);
failsToRun(
	'a command without network',
	'wget http://nosuch.invalid/x',
	{output: "wget: bad address 'nosuch.invalid'", code: 1},
	'The command can’t reach the network: it finds no address for `nosuch.invalid`.',
);
failsToRun(
	'Alpine’s package manager without network',
	'apk add git',
	{
		output:
			'WARNING: Ignoring https://dl-cdn.alpinelinux.org/alpine/v3.13/main: temporary error (try again later)\nERROR: unable to select packages:\n  git (no such package):',
		code: 1,
	},
	'The command can’t reach the network.',
);
failsToRun(
	'a package that is not there',
	'apk add nosuch',
	{output: 'ERROR: unable to select packages:\n  nosuch (no such package):', code: 1},
	'The package manager finds no package `nosuch`.',
);
failsToRun(
	'a missing file',
	'cat /nosuch.txt',
	{output: "cat: can't open '/nosuch.txt': No such file or directory", code: 1},
	'The command finds no file or folder `/nosuch.txt` in this stage.',
);
failsToRun(
	'a missing folder',
	'cd /nosuch',
	{output: "/bin/sh: cd: line 0: can't cd to /nosuch: No such file or directory", code: 2},
	'The command finds no file or folder `/nosuch` in this stage.',
);
failsToRun(
	'a command that was killed',
	'make',
	{output: 'Killed', code: 137},
	'The command was killed, which happens when memory runs out.',
);
