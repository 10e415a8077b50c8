import test from 'ava';
import {isSaid, legacySteps, lookup, twoStages} from './says-cause.js';

const noStage =
	'No earlier stage is called `bsae`, so the build needs an image of that name, and no registry can be reached';
for (const [title, line, complaint] of [
	['COPY', 'COPY --from=bsae /deps.txt /', `invalid from flag value bsae: Get "https://r/v2/": ${lookup}`],
	['FROM', 'FROM bsae AS final', `Get "https://registry-1.docker.io/v2/": ${lookup}`],
] as const) {
	test(
		`a stage that is missing in ${title}, legacy`,
		isSaid,
		'legacy',
		title === 'COPY' ? `${twoStages}${line}\n` : `FROM alpine:3.13 AS base\nRUN true\n${line}\n`,
		`${legacySteps}${title === 'COPY' ? 'Step 3/4 : FROM base AS final\n ---> 1\nStep 4/4' : 'Step 3/4'} : ${line}\nstderr:${complaint}`,
		`${noStage}.`,
	);
	test(
		`a stage that is missing in ${title}, BuildKit`,
		isSaid,
		'plain',
		title === 'COPY' ? `${twoStages}${line}\n` : `FROM alpine:3.13 AS base\nRUN true\n${line}\n`,
		`#3 [internal] load metadata for docker.io/library/bsae:latest\n#3 ERROR: failed to do request: ${lookup}\nERROR: failed to solve: bsae: failed to do request: ${lookup} (did you mean base?)`,
		`${noStage}. Did you mean \`base\`?`,
	);
}

const image = 'FROM alpine:9.99\nRUN true\n';
const noTag =
	'The image `alpine:9.99` is not on this engine, and the registry has no image with that name and tag.';
test(
	'a tag that is not there, legacy',
	isSaid,
	'legacy',
	image,
	'Step 1/2 : FROM alpine:9.99\nstderr:manifest for alpine:9.99 not found: manifest unknown: manifest unknown',
	noTag,
);
test(
	'a tag that is not there, BuildKit',
	isSaid,
	'plain',
	image,
	'#3 [internal] load metadata for docker.io/library/alpine:9.99\n#3 ERROR: docker.io/library/alpine:9.99: not found',
	noTag,
);
test(
	'an image that nobody may see',
	isSaid,
	'legacy',
	image,
	"Step 1/2 : FROM alpine:9.99\nstderr:pull access denied for alpine, repository does not exist or may require 'docker login'",
	noTag,
);
// In the words of docker-registry, not from a run.
test(
	'an image behind a login',
	isSaid,
	'legacy',
	image,
	'Step 1/2 : FROM alpine:9.99\nstderr:Head "https://r.invalid/v2/alpine/manifests/9.99": unauthorized: authentication required',
	'The image `alpine:9.99` is not on this engine, and its registry requires `docker login`.',
);
test(
	'a pull rate limit',
	isSaid,
	'legacy',
	image,
	'Step 1/2 : FROM alpine:9.99\nstderr:toomanyrequests: You have reached your pull rate limit.',
	'The pull rate limit of the registry is reached: this address can’t pull more images for now.',
);

const complains = (what: string, dockerfile: string, complaint: string, expected: string) => {
	test(`${what}, BuildKit`, isSaid, 'plain', dockerfile, `ERROR: failed to solve: ${complaint}`, expected);
};
complains(
	'a stage number that is not there',
	`${twoStages}COPY --from=7 /x /\n`,
	'invalid stage index 7',
	'Stages are numbered from 0, and no stage before this line has the number 7.',
);
complains(
	'a stage further down',
	`${twoStages}COPY --from=late /x /\n`,
	'cannot copy from stage "late", it needs to be defined before current stage "base"',
	'The stage `late` comes later in the Dockerfile: you can only copy from earlier stages.',
);
complains(
	'a stage that copies from itself',
	`${twoStages}COPY --from=final /x /\n`,
	'circular dependency detected on stage: final',
	'The stage `final` copies from itself: you can only copy from earlier stages.',
);
complains(
	'a FROM without value',
	image,
	'base name ($X) should not be blank',
	'`$X` has no value: set it with an `ARG` before the first `FROM`.',
);

// From what users of engine 29.1.5 have reported, not from a run.
test(
	'a layer that is lost between two exports',
	isSaid,
	'plain',
	'FROM alpine:3.13\nRUN true\n',
	'#5 exporting to image\n#5 ERROR: failed to prepare sha256:1a as 2b: parent snapshot sha256:1a does not exist: not found\nERROR: failed to build: failed to solve: failed to prepare sha256:1a as 2b: parent snapshot sha256:1a does not exist: not found',
	'The engine lost a layer while it wrote two images at the same time, which can happen with the containerd image store: build again.',
);
