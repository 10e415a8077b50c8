import test from 'ava';
import {isSaid, legacySteps, lookup, twoStages} from './says-cause.js';

const noStage =
	'No stage above is called `bsae`, so an image of that name is looked for, and no registry can be reached';
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
		`${noStage}; is \`base\` meant?`,
	);
}

const image = 'FROM alpine:9.99\nRUN true\n';
const noTag =
	'The image `alpine:9.99` is not on this engine, and the registry has none of that name and tag.';
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
	'The image `alpine:9.99` is not on this engine, and its registry shows it only after `docker login`.',
);
test(
	'a pull rate limit',
	isSaid,
	'legacy',
	image,
	'Step 1/2 : FROM alpine:9.99\nstderr:toomanyrequests: You have reached your pull rate limit.',
	'The registry lets this address load no more images for now: its pull rate limit is reached.',
);

const complains = (what: string, dockerfile: string, complaint: string, expected: string) => {
	test(`${what}, BuildKit`, isSaid, 'plain', dockerfile, `ERROR: failed to solve: ${complaint}`, expected);
};
complains(
	'a stage number that is not there',
	`${twoStages}COPY --from=7 /x /\n`,
	'invalid stage index 7',
	'Stages are counted from 0, and none above this line has the number 7.',
);
complains(
	'a stage further down',
	`${twoStages}COPY --from=late /x /\n`,
	'cannot copy from stage "late", it needs to be defined before current stage "base"',
	'The stage `late` comes further down: only stages above can be copied from.',
);
complains(
	'a stage that copies from itself',
	`${twoStages}COPY --from=final /x /\n`,
	'circular dependency detected on stage: final',
	'The stage `final` needs itself: only stages above can be copied from.',
);
complains(
	'a FROM without value',
	image,
	'base name ($X) should not be blank',
	'`$X` has no value: above the first `FROM` an `ARG` has to give it one.',
);

// From what users of engine 29.1.5 have reported, not from a run.
test(
	'a layer that is lost between two exports',
	isSaid,
	'plain',
	'FROM alpine:3.13\nRUN true\n',
	'#5 exporting to image\n#5 ERROR: failed to prepare sha256:1a as 2b: parent snapshot sha256:1a does not exist: not found\nERROR: failed to build: failed to solve: failed to prepare sha256:1a as 2b: parent snapshot sha256:1a does not exist: not found',
	'The engine has lost a layer while it wrote two images at the same time, as some engines do that keep images with containerd: build once more.',
);
