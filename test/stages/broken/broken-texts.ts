import {base, createTable, good, on} from './create-table.js';

const {table, broken} = createTable();

/** Builds whose Dockerfile or command is written wrong. */
export const brokenTexts = table;

// What is written wrong.
broken(
	'heredoc',
	on('RUN <<EOF', 'echo x'),
	'The heredoc (`<<`) is never closed: its last line must be its delimiter alone.',
);
broken('instruction', on('RUNN echo x'), 'There is no Dockerfile instruction `RUNN`: check the spelling.');
broken(
	'merge',
	on('<<<<<<< HEAD', 'RUN true'),
	'The line `<<<<<<<` is left over from a merge: keep one of the two versions.',
);
broken(
	'continuation',
	on('RUN echo a &&', '  echo b'),
	'`echo` is taken for an instruction, because the line above it does not end with `\\`.',
);
broken(
	'no-from',
	'ARG A=1\nRUN true\n',
	'The Dockerfile does not begin with `FROM`: only `ARG` may come before it.',
);
broken('empty', '', 'The Dockerfile is empty.');
broken('comments', '# nothing\n', 'The Dockerfile is empty.');
broken(
	'from-words',
	'FROM alpine:3.13 base\n',
	'The builder can’t read this line: FROM requires either one or three arguments.',
);
broken('stage-twice', `${base}FROM alpine:3.13 AS base\nRUN true\n`, {
	buildkit: null,
	legacy: 'Two stages have the name `base`: rename one of them.',
});
broken(
	'stage-name',
	'FROM alpine:3.13 AS my/stage\nRUN true\n',
	`The builder can’t read this line: invalid name for build stage: "my/stage", name can't start with a number or contain symbols.`,
);
broken(
	'onbuild',
	on('ONBUILD FROM x'),
	"The builder can’t read this line: FROM isn't allowed as an ONBUILD trigger.",
);
broken('expose', on('EXPOSE eighty'), null);
broken('signal', on('STOPSIGNAL SIGNOSUCH'), null);
const utf16 = 'The Dockerfile is saved as UTF-16, as `>` in Windows PowerShell does: save it as UTF-8.';
const wide = Buffer.from(`${base}RUN echo x\n`.replaceAll('\n', '\r\n'), 'utf16le');
broken('utf16', Buffer.concat([Buffer.from([0xff, 0xfe]), wide]), utf16, {live: true});
broken('utf16-without-mark', wide, utf16, {live: true});
// Engine 26 does not know the line and builds: see `28c.jsonl`.
broken(
	'check',
	'# check=error=true\nFROM alpine:3.13 as build\nRUN echo x > /x\n\nFROM alpine:3.13\nCOPY --from=build /x /x\n',
	{
		buildkit:
			"`# check=error=true` turns warnings into errors: line 2, `FromAsCasing`: 'as' and 'FROM' keywords' casing do not match.",
		legacy: null,
	},
	{line: 2, live: true},
);
broken(
	'check-several',
	'# check=error=true\nFROM alpine:3.13 as build\nWORKDIR x\nCMD echo hi\n',
	{
		buildkit:
			"`# check=error=true` turns warnings into errors: line 2, `FromAsCasing`: 'as' and 'FROM' keywords' casing do not match (and 2 more warnings).",
		legacy: null,
	},
	{line: 2, live: true},
);

// What the command says.
broken(
	'dot',
	good,
	'The build context is missing: end the command with a folder, like the dot in `docker build -t name .`',
	{
		words: ['-t', 'tv'],
		live: true,
	},
);
broken('two-folders', good, 'A build has only one build context, and this command names `app` and `other`.', {
	words: ['-t', 'x', 'app', 'other'],
	live: true,
});
const noFlag = (flag: string) =>
	`\`docker build\` has no option \`${flag}\`: check the spelling, or see \`docker build --help\`.`;
broken('flag', good, noFlag('--no-chache'), {words: ['--no-chache', 'app'], live: true});
broken('flag-short', good, noFlag('-x'), {words: ['-x', 'app'], live: true});
broken('flag-value', good, 'The option `--tag` needs a value.', {words: ['app', '--tag']});
broken('flag-boolean', good, '`maybe` is not a valid value for the option `--no-cache`.', {
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
broken('platform', good, '`a/b/c/d` is not a platform: use one such as `linux/amd64`.', {
	words: ['--platform', 'a/b/c/d', 'app'],
});
broken('tag', good, '`Bad:Name` is not a valid image name: it must be lower case.', {
	words: ['-t', 'Bad:Name', 'app'],
});
broken('tag-colons', good, '`a:b:c` is not a valid image name: use one such as `app` or `app:1.0`.', {
	words: ['-t', 'a:b:c', 'app'],
});
broken('target', base, 'The Dockerfile has no stage `nosuch`, which `--target` names.', {
	words: ['--target', 'nosuch', 'app'],
});
broken('no-dockerfile', null, 'There is no file `Dockerfile` in the build context.', {
	files: {'Dockerfile.txt': good},
});
broken('dockerfile-folder', null, 'The Dockerfile is a folder, not a file.', {
	files: {'Dockerfile/x': good},
});
broken(
	'file-in-folder',
	good,
	'There is no file `Dockerfile.dev` where the command runs: `-f` names a path from there, not from the build context. For a file in the build context, write `-f app/Dockerfile.dev`.',
	{files: {'Dockerfile.dev': good}, words: ['-f', 'Dockerfile.dev', 'app'], live: true},
);
broken('file-missing', good, 'There is no file `nosuch/Dockerfile` where the command runs.', {
	words: ['-f', 'nosuch/Dockerfile', '.'],
});
broken('folder-missing', good, 'There is no folder `nosuch` to build.', {words: ['nosuch']});
broken(
	'repository',
	good,
	'The repository `https://nosuch.invalid/x.git` can’t be loaded: it does not exist, or it can’t be reached.',
	{words: ['https://nosuch.invalid/x.git']},
);
