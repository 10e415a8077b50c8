import test from 'ava';
import {isSaid, legacySteps, lookup, twoStages} from './says-cause.js';

const copies = (what: string, instruction: string, complaint: string, expected: string) => {
	test(
		`${what}, legacy`,
		isSaid,
		'legacy',
		`${twoStages}${instruction}\n`,
		`${legacySteps}Step 3/4 : FROM base AS final\n ---> 1\nStep 4/4 : ${instruction}\nstderr:${complaint}`,
		expected,
	);
};
copies(
	'a file that another stage lacks',
	'COPY --from=base /nosuch.txt /',
	'COPY failed: stat nosuch.txt: file does not exist',
	'There is no file `/nosuch.txt` in `base` to copy from.',
);
copies(
	'a file outside',
	'COPY ../x /',
	'COPY failed: forbidden path outside the build context: ../x ()',
	'`../x` is outside the build context: you can only copy files that are in the build context.',
);
copies(
	'two files to one',
	'COPY a b /x',
	'When using COPY with more than one source file, the destination must be a directory and end with a /',
	'Several files can only be copied into a folder: the destination must end with `/`.',
);
copies(
	'a heredoc to copy',
	'COPY <<E /x',
	'COPY failed: no source files were specified',
	'The legacy builder can’t read heredocs (`<<`): this Dockerfile needs BuildKit.',
);
copies(
	'an address out of reach',
	'ADD http://nosuch.invalid/x /x',
	`ADD failed: Get "http://nosuch.invalid/x": ${lookup}`,
	'`http://nosuch.invalid/x` can’t be downloaded: the network or that address can’t be reached.',
);
test(
	'a file that another stage lacks, BuildKit',
	isSaid,
	'plain',
	`${twoStages}COPY --from=base /nosuch.txt /\n`,
	'#6 [final 1/1] COPY --from=base /nosuch.txt /\n#6 ERROR: lstat /var/lib/docker/tmp/buildkit-mount4068382353/nosuch.txt: no such file or directory',
	'There is no file `/nosuch.txt` in `base` to copy from.',
);
test(
	'a file that another stage lacks, BuildKit with the stage mounted',
	isSaid,
	'plain',
	`${twoStages}COPY --from=base /nosuch.txt /\n`,
	'#6 [final 1/1] COPY --from=base /nosuch.txt /\n#6 ERROR: lstat /var/lib/docker/overlay2/lzjmg4wnovp25g0niq10vts7u/merged/nosuch.txt: no such file or directory',
	'There is no file `/nosuch.txt` in `base` to copy from.',
);
test(
	'a file outside, BuildKit',
	isSaid,
	'plain',
	'FROM alpine:3.13\nCOPY ../x /\n',
	'#6 [2/2] COPY ../x /\n#6 ERROR: failed to calculate checksum of ref e6ae::ti1: "/x": not found',
	'`../x` is outside the build context: you can only copy files that are in the build context.',
);

test(
	'a stage further down, BuildKit of 20.10',
	isSaid,
	'plain',
	'FROM alpine:3.13 AS base\nCOPY --from=final /x /x\nFROM base AS final\nRUN true\n',
	[
		'#5 [base 2/2] COPY --from=final /x /x',
		'#5 ERROR: lstat /var/lib/docker/tmp/buildkit-mount1124960180/x: no such file or directory',
		'------',
		' > [base 2/2] COPY --from=final /x /x:',
		'------',
		'lstat /var/lib/docker/tmp/buildkit-mount1124960180/x: no such file or directory',
	].join('\n'),
	'The stage `final` comes later in the Dockerfile: you can only copy from earlier stages.',
);
