import {base, braced, createTable, good, needsBuildkit, noRegistry, on} from './create-table.js';

const {table, broken} = createTable();

/** Builds that lack what they copy, mount, or start from. */
export const brokenCopies = table;

// Mounts.
const noToken = 'This build has no secret `token`: add `--secret id=token,src=<file>` to the command.';
const legacyMount = needsBuildkit('RUN --mount');
broken(
	'secret',
	on('RUN --mount=type=secret,id=token,required=true cat /run/secrets/token'),
	{buildkit: noToken, legacy: legacyMount},
	{live: true},
);
broken(
	'secret-optional',
	on('RUN --mount=type=secret,id=token cat /run/secrets/token'),
	{buildkit: noToken, legacy: legacyMount},
	{live: true},
);
broken(
	'secret-file',
	good,
	{
		buildkit: 'There is no file `nosuch.txt`, which an option of the command names.',
		legacy: 'This builder has no option `--secret`: it needs BuildKit, or a newer Docker CLI.',
	},
	{words: ['--secret', 'id=token,src=nosuch.txt', 'app']},
);
broken('ssh', on('RUN --mount=type=ssh,required=true ssh-add -l'), {
	buildkit: 'This build has no SSH agent: add `--ssh default` to the command.',
	legacy: legacyMount,
});
broken('mount-from', on('RUN --mount=type=bind,from=nosuch,target=/x true'), {
	buildkit: noRegistry('nosuch'),
	legacy: legacyMount,
});
broken('mount-source', on('RUN --mount=type=bind,source=nosuch,target=/x true'), {
	buildkit: 'The file `nosuch` is not in the build context, or `.dockerignore` excludes it.',
	legacy: legacyMount,
});
broken('mount-type', on('RUN --mount=type=nosuch,target=/x true'), null);
broken('mount-read-only', on('RUN --mount=type=bind,target=/src touch /src/x'), {
	buildkit: '`/src/x` can’t be written to: it is not part of the stage but mounted read-only.',
	legacy: legacyMount,
});

// What is copied.
broken(
	'copy-missing',
	on('COPY nosuch.txt /'),
	'The file `nosuch.txt` is not in the build context, or `.dockerignore` excludes it.',
	{live: true},
);
broken(
	'copy-ignored',
	on('COPY note.txt /'),
	'The file `note.txt` is not in the build context, or `.dockerignore` excludes it.',
	{files: {'note.txt': 'x', '.dockerignore': '*.txt\n'}},
);
broken(
	'copy-outside',
	on('COPY ../x /'),
	'`../x` is outside the build context: you can only copy files that are in the build context.',
);
broken(
	'copy-wildcard',
	on('COPY *.jar /jars/'),
	{
		buildkit: null,
		legacy:
			'No file in the build context matches `*.jar`: the legacy builder stops there, but BuildKit goes on.',
	},
	{live: true},
);
broken(
	'copy-from-wildcard',
	'FROM alpine:3.13 AS build\nRUN mkdir /out\nFROM alpine:3.13\nCOPY --from=build /out/*.jar /jars/\n',
	{
		buildkit: null,
		legacy: 'No file in `build` matches `/out/*.jar`: the legacy builder stops there, but BuildKit goes on.',
	},
	{live: true},
);
broken('copy-heredoc', on('COPY <<E /x', 'hello', 'E'), {
	buildkit: null,
	legacy: 'The legacy builder can’t read heredocs (`<<`): this Dockerfile needs BuildKit.',
});
broken(
	'copy-several',
	on('COPY a b /x'),
	{
		buildkit: null,
		legacy: 'Several files can only be copied into a folder: the destination must end with `/`.',
	},
	{files: {a: 'a', b: 'b'}},
);
broken(
	'copy-one-word',
	on('COPY x'),
	'The builder can’t read this line: COPY requires at least two arguments, but only one was provided. Destination could not be determined.',
);
broken(
	'copy-flag',
	on('COPY --nosuch=1 a /a'),
	'`COPY` has no option `--nosuch` with this builder: check the spelling.',
	{files: {a: 'a'}},
);
broken(
	'copy-chmod',
	on('COPY --chmod=755 a /a'),
	{buildkit: null, legacy: needsBuildkit('COPY --chmod')},
	{files: {a: 'a'}, live: true},
);
broken(
	'copy-chown',
	on('COPY --chown=nosuch a /a'),
	{buildkit: null, legacy: 'The image has no user `nosuch`, which `--chown` names.'},
	{files: {a: 'a'}},
);
broken(
	'copy-onto-file',
	on('COPY a /etc/passwd/a'),
	{
		buildkit: 'On the path `/etc/passwd` in this stage, a file is in the place of a folder.',
		legacy: 'On the path `/etc/passwd/a` in this stage, a file is in the place of a folder.',
	},
	{files: {a: 'a'}},
);
broken(
	'workdir-file',
	on('WORKDIR /etc/passwd'),
	'On the path `/etc/passwd` in this stage, a file is in the place of a folder.',
);
const noBsae =
	'No earlier stage is called `bsae`, so the build needs an image of that name, and no registry can be reached';
const meant = {buildkit: `${noBsae}. Did you mean \`base\`?`, legacy: `${noBsae}.`};
broken('copy-from-unknown', `${base}FROM base AS final\nCOPY --from=bsae /x /x\n`, meant);
broken(
	'copy-from-later',
	'FROM alpine:3.13 AS base\nCOPY --from=final /x /x\nFROM base AS final\nRUN true\n',
	{
		buildkit: 'The stage `final` comes later in the Dockerfile: you can only copy from earlier stages.',
		legacy: noBsae.replaceAll('bsae', 'final').concat('.'),
	},
);
broken(
	'copy-from-missing',
	`${base}FROM base AS final\nCOPY --from=base /nosuch.txt /\n`,
	'There is no file `/nosuch.txt` in `base` to copy from.',
	{live: true},
);
broken(
	'copy-from-number',
	`${base}FROM base AS final\nCOPY --from=7 /x /x\n`,
	'Stages are numbered from 0, and no stage before this line has the number 7.',
);
broken(
	'copy-from-variable',
	`FROM alpine:3.13 AS prod\nRUN echo p > /p\nFROM alpine:3.13\nARG WHICH=prod\nCOPY --from=${braced('WHICH')} /p /p\n`,
	`\`COPY --from\` does not expand variables: write \`FROM ${braced('WHICH')} AS source\` earlier, with its \`ARG\` before the first \`FROM\`, and copy from \`source\`.`,
	{line: 5, live: true},
);
broken(
	'add-address',
	on('ADD http://nosuch.invalid/x /x'),
	'`http://nosuch.invalid/x` can’t be downloaded: the network or that address can’t be reached.',
);

// What is started from.
broken('image', 'FROM nosuchimage:9.9\nRUN true\n', noRegistry('nosuchimage:9.9'));
broken(
	'image-of-registry',
	'FROM 127.0.0.1:9/private/app:1\nRUN true\n',
	noRegistry('127.0.0.1:9/private/app:1'),
);
broken(
	'image-platform',
	'FROM --platform=linux/s390x alpine:3.13\nRUN true\n',
	noRegistry('alpine:3.13', ' for the platform `linux/s390x`'),
);
broken('image-platform-asked', good, noRegistry('alpine:3.13', ' for the platform `linux/arm64`'), {
	words: ['--platform', 'linux/arm64', 'app'],
});
broken('image-typo', `${base}FROM bsae\nRUN true\n`, meant);
const noValue = `\`${braced('BASE')}\` has no value: set it with an \`ARG\` before the first \`FROM\`.`;
broken('image-empty', `FROM ${braced('BASE')}\nRUN true\n`, noValue);
broken('image-late-arg', `FROM alpine:3.13 AS a\nARG BASE=a\nFROM ${braced('BASE')}\nRUN true\n`, noValue);
broken('image-half', `FROM alpine:${braced('V')}\nRUN true\n`, {
	buildkit: '`alpine:` is not a valid image name: check it and the variables in it.',
	legacy: `\`alpine:${braced('V')}\` is not a valid image name: check it and the variables in it.`,
});
broken(
	'image-capitals',
	'FROM Alpine:3.13\nRUN true\n',
	'Names of images and stages must be lower case, and `Alpine:3.13` is not.',
);
broken('syntax-line', `# syntax=docker/dockerfile:1\n${good}`, {
	buildkit:
		'The line `# syntax=` makes BuildKit pull an image first, and no registry can be reached: remove that line.',
	legacy: null,
});
