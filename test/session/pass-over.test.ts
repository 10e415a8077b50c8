import test from 'ava';
import parseArgsStringToArgv from 'string-argv';
import {parseDockerCommand} from '../../source/docker/command.js';
import {judgeBuilderSupport, unsupportedBuilderVerdict} from '../../source/session/plan/builder-support.js';
import type {Builder} from '../../source/stages/model.js';
import {sampleState} from '../tui/sample-state.js';

const [sample] = sampleState().workshop.chapters.flatMap(({steps}) => steps);
if (!sample) throw new Error('The sample workshop has no step.');

const passedOver = (line: string, builder: Builder | null, podman?: string) => {
	const step = {...sample, builder: builder === 'buildah' ? null : builder};
	const docker = parseDockerCommand(parseArgsStringToArgv(line));
	return unsupportedBuilderVerdict(
		step,
		docker,
		podman === undefined ? {version: '28.5.2', buildx: null} : {version: podman, buildx: null, podman},
	);
};

for (const [line, builder, says] of [
	['docker build ./simple', 'legacy', /Docker’s legacy builder, and Podman builds with Buildah/],
	['docker build ./simple', 'buildkit', /Docker’s BuildKit, and Podman/],
	['docker buildx build ./simple', null, /Docker’s BuildKit/],
	['docker buildx bake', null, /Docker’s BuildKit/],
	['docker build --progress plain ./simple', null, /Docker’s BuildKit/],
	['docker build --output out ./simple', null, /Docker’s BuildKit/],
] as const) {
	test(`on Podman \`${line}\` for ${builder ?? 'any builder'} is passed over, with the recording as the way on`, t => {
		const verdict = passedOver(line, builder, '5.4.2');
		t.is(verdict?.verdict, 'unknown');
		t.regex(verdict?.reason ?? '', says);
		t.regex(verdict?.next ?? '', /--replay/);
		t.is(passedOver(line, builder), null, 'on Docker it runs');
	});
}

for (const line of ['docker build -t simple ./simple', 'docker build --target test .', 'docker run simple']) {
	test(`on Podman \`${line}\` runs`, t => t.is(passedOver(line, null, '5.4.2'), null));
}

test('to choose a builder fails nothing on Podman, and is said to change nothing', t => {
	for (const builder of ['legacy', 'buildkit'] as const) {
		const verdict = judgeBuilderSupport(builder, {version: '28.5.2', buildx: null, podman: '5.4.2'});
		t.is(verdict.verdict, 'passed');
		t.regex(verdict.reason, /Buildah.*--replay/);
	}
});
