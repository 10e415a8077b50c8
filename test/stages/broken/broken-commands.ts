import {createTable, noStart, on} from './create-table.js';

const {table, broken} = createTable();

/** Builds in which the command of a `RUN` fails. */
export const brokenCommands = table;

const goModule = {'go.mod': 'module x\ngo 1.16\n'};
const onGo = (...instructions: string[]) =>
	['FROM golang:1.16.4-alpine', 'WORKDIR /src', 'COPY . .', 'ENV CGO_ENABLED=0', ...instructions, ''].join(
		'\n',
	);

// A command that fails.
broken('package', on('RUN apk add nosuch'), 'The package manager finds no package `nosuch`.');
broken(
	'package-apt',
	on("RUN printf 'Reading package lists...\\nE: Unable to locate package nosuch\\n' >&2; exit 100"),
	'The package manager finds no package `nosuch`: run `apt-get update` before it, in the same `RUN`.',
);
broken(
	'program',
	on('RUN nosuchcmd --x'),
	'There is no program `nosuchcmd` in this stage: install it, or check the spelling.',
	{live: true},
);
broken(
	'program-in-script',
	on('COPY go.sh /', 'RUN sh /go.sh'),
	'There is no program `nosuchcmd` in this stage: install it, or check the spelling.',
	{files: {'go.sh': 'nosuchcmd\n'}},
);
broken(
	'program-path',
	on('RUN ./compile'),
	'There is no program `./compile` in this stage, or its interpreter or loader is missing: check its path, or its `#!` line.',
	{live: true},
);
broken(
	'program-exec',
	on('RUN ["nosuchcmd", "--x"]'),
	'There is no program `nosuchcmd` in this stage: install it, or check the spelling.',
	{live: true},
);
broken(
	'program-exec-path',
	on('RUN ["/nosuch/cmd"]'),
	'There is no program `/nosuch/cmd` in this stage: check its path.',
);
broken(
	'permission',
	on('RUN /etc/passwd'),
	'`/etc/passwd` can’t be executed: it is not a program, or it needs `chmod +x`.',
);
broken(
	'permission-exec',
	on('RUN ["/etc/passwd"]'),
	'`/etc/passwd` can’t be executed: it is not a program, or it needs `chmod +x`.',
);
broken(
	'user-may-not',
	on('USER 1000', 'RUN touch /x'),
	'The user `1000`, which `USER` sets, has no permission for `/x`.',
);
broken(
	'network-name',
	on('RUN wget http://nosuch.invalid/x'),
	'The command can’t reach the network: it finds no address for `nosuch.invalid`.',
);
broken('network-refused', on('RUN wget http://127.0.0.1:9/x'), null);
broken(
	'disk',
	on('RUN dd if=/dev/zero of=/dev/full'),
	'The disk is full: run `docker system df` to see what uses the space.',
);
broken(
	'folder',
	on('RUN cd /nosuch && make'),
	'The command finds no file or folder `/nosuch` in this stage.',
);
broken('file', on('RUN cat /nosuch.txt'), 'The command finds no file or folder `/nosuch.txt` in this stage.');
broken('file-exists', on('RUN mkdir /etc'), null);
broken(
	'read-only',
	on('RUN echo x > /proc/sys/kernel/hostname'),
	'`/proc/sys/kernel/hostname` can’t be written to: it is not part of the stage but mounted read-only.',
);
broken('not-permitted', on('RUN mount -t tmpfs x /mnt'), null);
broken('go-compile', onGo('RUN go build -o /server .'), null, {
	files: {...goModule, 'main.go': 'package main\n\nfunc main() {\n\tprintln(y)\n}\n'},
});
broken(
	'go-module',
	onGo('ENV GOFLAGS=-mod=mod', 'RUN go build -o /server .'),
	'The command can’t reach the network.',
	{files: {...goModule, 'main.go': 'package main\n\nimport _ "example.com/nosuch"\n\nfunc main() {}\n'}},
);
broken('go-test', onGo('RUN go test ./...'), null, {
	files: {
		...goModule,
		'x_test.go': 'package x\n\nimport "testing"\n\nfunc TestX(t *testing.T) {\n\tt.Fatal("2 is not 3")\n}\n',
	},
});
// Node.js, Python, make and curl are in no image here: their words are printed.
broken(
	'npm',
	on(
		"RUN printf '%s\\n' 'npm error code ENOENT' 'npm error path /app/package.json' 'npm error enoent This is related to npm not being able to find a file.' 'npm error A complete log of this run can be found in: /root/.npm/_logs/x.log' >&2; exit 254",
	),
	null,
);
broken(
	'python',
	on(
		"RUN printf '%s\\n' 'Traceback (most recent call last):' '    import flask' \"ModuleNotFoundError: No module named 'flask'\" >&2; exit 1",
	),
	null,
);
broken(
	'make',
	on(
		"RUN printf '%s\\n' 'x.c:1:10: fatal error: nosuch.h: No such file or directory' 'compilation terminated.' 'make: *** [Makefile:2: x] Error 1' >&2; exit 2",
	),
	null,
);
broken(
	'certificate',
	on("RUN echo 'curl: (60) SSL certificate problem: unable to get local issuer certificate' >&2; exit 60"),
	null,
);
broken(
	'pipeline',
	on('RUN set -eo pipefail; echo a; cat /nosuch | sort; echo never'),
	'The command finds no file or folder `/nosuch` in this stage.',
);
broken('pipeline-quiet', on('RUN set -eo pipefail; false | cat'), null);
broken('exit', on('RUN echo working; exit 3'), null, {live: true});
broken('exit-quiet', on('RUN exit 3'), null);
broken('killed', on("RUN sh -c 'kill -9 $$'"), 'The command was killed, which happens when memory runs out.');
broken(
	'crashed',
	on("RUN sh -c 'kill -SEGV $$'"),
	'The command crashed with a segmentation fault: it used memory that does not belong to it.',
);
// BuildKit does not heed the limit.
broken(
	'out-of-memory',
	on(
		'RUN if cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null | grep -qx 8388608; then tail /dev/zero; fi',
	),
	{buildkit: null, legacy: 'The command was killed, which happens when memory runs out.'},
	{words: ['--memory', '8m', 'app']},
);
broken(
	'several-lines',
	on('RUN echo one && \\', '    cat /nosuch && \\', '    echo three'),
	'The command finds no file or folder `/nosuch` in this stage.',
);
broken('shell-syntax', on('RUN if true; then echo x'), null);
broken('shell-quote', on('RUN echo "x'), null);
broken('shell-unset', on('RUN set -u; echo $NOSUCH'), null);
broken(
	'exec-form-quotes',
	on("RUN ['echo', 'x']"),
	'Without double quotes, this is a command for the shell: write the exec form as `RUN ["program", "argument"]`.',
);

// What was complained about, but is no cause.
broken(
	'harmless-line',
	[
		'FROM alpine:3.13 AS build',
		'RUN echo "checking build system type... x86_64-pc-linux-musl"; echo "./configure: line 7021: /usr/bin/file: No such file or directory" >&2; echo "checking for gcc... no"; echo "configure: error: no acceptable C compiler found in \\$PATH" >&2; exit 1',
		'',
		'FROM alpine:3.13',
		'COPY --from=build /etc/os-release /x',
		'',
	].join('\n'),
	null,
	{live: true},
);
broken(
	'harmless-network',
	on('RUN wget http://127.0.0.1:9/x; echo bad address; echo going on; echo a; echo b; echo c; exit 1'),
	null,
	{live: true},
);
broken('other-instruction', on('RUN cat /nosuch || true', 'RUN exit 4'), null, {live: true});
broken(
	'words-of-the-command',
	on('RUN : no space left on device, no such host, pull access denied; exit 5'),
	null,
	{
		live: true,
	},
);

// A program that is there, and does not start.
broken(
	'loader',
	[
		'FROM alpine:3.13 AS build',
		"RUN printf '#!/lib64/no-such-loader\\n' > /server && chmod +x /server",
		'',
		'FROM alpine:3.13',
		'COPY --from=build /server /server',
		'RUN ls -l /server && /server',
		'',
	].join('\n'),
	noStart('/server'),
	{live: true},
);
broken(
	'loader-exec',
	on("RUN printf '#!/lib64/no-such-loader\\n' > /server && chmod +x /server", 'RUN ["/server"]'),
	noStart('/server'),
	{live: true},
);
broken(
	'interpreter',
	on('COPY go.sh /bin/', 'RUN chmod 755 /bin/go.sh', 'RUN /bin/go.sh'),
	noStart('/bin/go.sh'),
	{files: {'go.sh': '#!/bin/bash\necho hi\n'}},
);
broken('line-ends', on('COPY go.sh /go.sh', 'RUN chmod +x /go.sh && /go.sh'), noStart('/go.sh'), {
	files: {'go.sh': '#!/bin/sh\r\necho hi\r\n'},
	live: true,
});
const windowsLines =
	'A script in this stage has Windows line endings (CRLF), which Linux reads as a part of each line: save it with LF.';
broken('line-ends-env', on('COPY go.sh /go.sh', 'RUN chmod +x /go.sh && /go.sh'), windowsLines, {
	files: {'go.sh': '#!/usr/bin/env sh\r\necho hi\r\n'},
	live: true,
});
broken('line-ends-sh', on('COPY go.sh /go.sh', 'RUN sh /go.sh'), windowsLines, {
	files: {'go.sh': '#!/bin/sh\r\nset -e\r\necho hi\r\n'},
	live: true,
});
const elf =
	"RUN printf '\\177ELF\\002\\001\\001\\000\\000\\000\\000\\000\\000\\000\\000\\000\\002\\000\\267\\000\\001\\000\\000\\000' > /x && chmod +x /x";
broken('processor', on(`${elf} && /x`), 'The program that was started is not for this processor.');
broken(
	'processor-exec',
	on(elf, 'RUN ["/x"]'),
	'`/x` is not a program for this processor, or it is a script without a `#!` line.',
);
broken(
	'scratch',
	'FROM scratch\nRUN true\n',
	'This stage has no shell (`/bin/sh`), so it can’t run commands: a stage that starts from `scratch` is empty.',
	{live: true},
);
broken(
	'shell',
	on('SHELL ["/bin/bash", "-c"]', 'RUN true'),
	'This stage has no `/bin/bash`, which `SHELL` names: install it first, or name another shell.',
	{live: true},
);
broken('user', on('USER nosuch', 'RUN true'), 'The image has no user `nosuch`, which `USER` names.');
