import {base, createTable, good, on} from './create-table.js';

const {table, broken} = createTable();

/** Builds whose Dockerfile or command is written wrong. */
export const brokenTexts = table;

// What is written wrong.
broken(
	'heredoc',
	on('RUN <<EOF', 'echo x'),
	'The heredoc (`<<`) is never closed: its last line has to be its mark alone.',
);
broken('instruction', on('RUNN echo x'), 'A Dockerfile has no instruction `RUNN`: look at its spelling.');
broken(
	'merge',
	on('<<<<<<< HEAD', 'RUN true'),
	'The line `<<<<<<<` is left over from a merge: choose one of the two versions.',
);
broken(
	'continuation',
	on('RUN echo a &&', '  echo b'),
	'`echo` is taken for an instruction, as the line above it does not end with `\\`.',
);
broken(
	'no-from',
	'ARG A=1\nRUN true\n',
	'The Dockerfile begins without `FROM`: nothing but `ARG` may stand above it.',
);
broken('empty', '', 'The Dockerfile is empty.');
broken('comments', '# nothing\n', 'The Dockerfile is empty.');
broken(
	'from-words',
	'FROM alpine:3.13 base\n',
	"The builder can't read this line: FROM requires either one or three arguments.",
);
broken('stage-twice', `${base}FROM alpine:3.13 AS base\nRUN true\n`, {
	buildkit: null,
	legacy: 'Two stages are called `base`: one of them needs another name.',
});
broken(
	'stage-name',
	'FROM alpine:3.13 AS my/stage\nRUN true\n',
	`The builder can't read this line: invalid name for build stage: "my/stage", name can't start with a number or contain symbols.`,
);
broken(
	'onbuild',
	on('ONBUILD FROM x'),
	"The builder can't read this line: FROM isn't allowed as an ONBUILD trigger.",
);
broken('expose', on('EXPOSE eighty'), null);
broken('signal', on('STOPSIGNAL SIGNOSUCH'), null);
const utf16 =
	'The Dockerfile is not saved as UTF-8 but as UTF-16, as `>` of Windows PowerShell writes it: save it as UTF-8.';
const wide = Buffer.from(`${base}RUN echo x\n`.replaceAll('\n', '\r\n'), 'utf16le');
broken('utf16', Buffer.concat([Buffer.from([0xff, 0xfe]), wide]), utf16, {live: true});
broken('utf16-without-mark', wide, utf16, {live: true});
// Engine 26 does not know the line and builds: see `28c.jsonl`.
broken(
	'check',
	'# check=error=true\nFROM alpine:3.13 as build\nRUN echo x > /x\n\nFROM alpine:3.13\nCOPY --from=build /x /x\n',
	{
		buildkit:
			"`# check=error=true` makes an error of every warning: line 2, `FromAsCasing`: 'as' and 'FROM' keywords' casing do not match.",
		legacy: null,
	},
	{line: 2, live: true},
);
broken(
	'check-several',
	'# check=error=true\nFROM alpine:3.13 as build\nWORKDIR x\nCMD echo hi\n',
	{
		buildkit:
			"`# check=error=true` makes an error of every warning: line 2, `FromAsCasing`: 'as' and 'FROM' keywords' casing do not match. There are 2 more.",
		legacy: null,
	},
	{line: 2, live: true},
);

// What the command says.
broken(
	'dot',
	good,
	'The folder to build is missing: the command has to end with it, like the dot in `docker build -t name .`',
	{
		words: ['-t', 'tv'],
		live: true,
	},
);
broken('two-folders', good, 'Only one folder is built at a time, and this command names `app` and `other`.', {
	words: ['-t', 'x', 'app', 'other'],
	live: true,
});
const noFlag = (flag: string) =>
	`\`docker build\` has no option \`${flag}\`: look at its spelling, or at \`docker build --help\`.`;
broken('flag', good, noFlag('--no-chache'), {words: ['--no-chache', 'app'], live: true});
broken('flag-short', good, noFlag('-x'), {words: ['-x', 'app'], live: true});
broken('flag-value', good, 'The option `--tag` needs a value behind it.', {words: ['app', '--tag']});
broken('flag-boolean', good, '`maybe` is no value for the option `--no-cache`.', {
	words: ['--no-cache=maybe', 'app'],
});
broken(
	'flag-of-buildkit',
	good,
	{
		buildkit: 'There is no folder `nosuch`, which `--build-context x` names.',
		legacy: 'This builder has no option `--build-context`: it needs BuildKit, or a newer Docker CLI.',
	},
	{words: ['--build-context', 'x=nosuch', 'app']},
);
broken('platform', good, '`a/b/c/d` is no platform: one looks like `linux/amd64`.', {
	words: ['--platform', 'a/b/c/d', 'app'],
});
broken('tag', good, "The image can't be called `Bad:Name`: its name has to be in small letters.", {
	words: ['-t', 'Bad:Name', 'app'],
});
broken('tag-colons', good, "The image can't be called `a:b:c`: a name looks like `app` or `app:1.0`.", {
	words: ['-t', 'a:b:c', 'app'],
});
broken('target', base, 'The Dockerfile has no stage `nosuch`, for which `--target` asks.', {
	words: ['--target', 'nosuch', 'app'],
});
broken('no-dockerfile', null, 'There is no file `Dockerfile` in the folder that is built.', {
	files: {'Dockerfile.txt': good},
});
broken('dockerfile-folder', null, 'What should be the Dockerfile is a folder.', {
	files: {'Dockerfile/x': good},
});
broken(
	'file-in-folder',
	good,
	'There is no file `Dockerfile.dev` where the command runs: `-f` is read from there, not from the folder that is built. For a file in that folder write `-f app/Dockerfile.dev`.',
	{files: {'Dockerfile.dev': good}, words: ['-f', 'Dockerfile.dev', 'app'], live: true},
);
broken('file-missing', good, 'There is no file `nosuch/Dockerfile` where the command runs.', {
	words: ['-f', 'nosuch/Dockerfile', '.'],
});
broken('folder-missing', good, 'There is no folder `nosuch` to build.', {words: ['nosuch']});
broken(
	'repository',
	good,
	"The repository `https://nosuch.invalid/x.git` can't be loaded: it is not there, or the network is out of reach.",
	{words: ['https://nosuch.invalid/x.git']},
);
