import test from 'ava';
import {diagnose} from '../../source/stages/causes/diagnose.js';
import {readTranscripts, trackChunks} from '../tools/read-transcript.js';

const offline = 'The image `nosuchimage:9.9` is not on this engine, and no registry can be reached.';
const noDockerfile = 'There is no file `Dockerfile` in the build context.';
const noDaemon = 'Docker does not answer: start it, or run `multistage-workshop doctor`.';
const heredoc = 'This builder can’t read heredocs (`<<`): it takes their lines for instructions.';

/** What is said of every recorded build that failed, by the beginning of its name. */
const sentences: Array<[cases: RegExp, sentence: string]> = [
	[/^copyfail-/, 'The file `nosuchfile.txt` is not in the build context, or `.dockerignore` excludes it.'],
	[/^missing-/, offline],
	[/^badtarget-/, 'The Dockerfile has no stage `nosuch`, which `--target` names.'],
	[/^syntax-/, 'There is no Dockerfile instruction `RUNN`: check the spelling.'],
	[/^empty-/, noDockerfile],
	[/^nodir-/, 'There is no folder `nosuchdir` to build.'],
	[/^heredoc-/, heredoc],
	[
		/^frontend-/,
		'The line `# syntax=` makes BuildKit pull an image first, and no registry can be reached: remove that line.',
	],
	[/^stagecase-/, 'Names of images and stages must be lower case, and `Base` is not.'],
	[/^env-nodaemon-/, noDaemon],
	[
		/^env-permission-/,
		'You are not allowed to connect to the Docker daemon: run `multistage-workshop doctor` to find out why.',
	],
	[/^env-nobuildx-/, 'This Docker CLI lacks buildx, which BuildKit needs.'],
];

for (const transcript of readTranscripts()) {
	test(`${transcript.name} has its cause`, t => {
		const build = trackChunks(transcript);
		// A CLI that knows no such progress, or wants a terminal for it, complains about our asking.
		const isOurs = /--progress|progress mode|not a console/.test(build.failure?.message ?? '');
		const [, expected = null] = sentences.find(([cases]) => cases.test(transcript.case)) ?? [];
		t.is(diagnose(build), transcript.exitCode === 0 || isOurs ? null : expected);
	});
}
