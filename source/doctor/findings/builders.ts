import type {DockerOutput} from '../../engine/docker-cli.js';
import {judgeBuilderSupport} from '../../session/plan/builder-support.js';
import {planArgv} from '../../session/plan/run-plan.js';
import {
	type Cli,
	type DoctorId,
	failed,
	type Judgement,
	lastLine,
	type ProbeResult,
	passed,
	unknown,
	warning,
} from '../finding.js';

/**
 * Does the legacy builder still build? `attempt`: what it said to a Dockerfile that is none, null without an engine. To
 * complain of it, it has to be there, and it makes nothing.
 */
export const judgeLegacyBuilder = (attempt: ProbeResult<DockerOutput> | null): Judgement => {
	if (!attempt?.value) return unknown('There is no engine that the docker command could build on.');
	const {stdout, stderr, exitCode} = attempt.value;
	if (exitCode === null) return unknown('The legacy builder does not answer.', 'look again in a while');
	if (/^Error response from daemon: .*dockerfile parse error/m.test(stderr))
		return passed('The legacy builder is there.');
	if (/^#\d+ \[internal\]|^ERROR: failed to (?:solve|build)|"vertexes":/m.test(`${stdout}\n${stderr}`)) {
		return failed(
			'The legacy builder is gone: the docker command builds with BuildKit even with `DOCKER_BUILDKIT=0`.',
			playRecordingHint,
		);
	}
	const words = lastLine(stderr) ?? lastLine(stdout) ?? `it ended with exit code ${exitCode}`;
	return failed(
		`The legacy builder is not there; with \`DOCKER_BUILDKIT=0\` the docker command says: ${words.replace(/\.$/, '')}.`,
		playRecordingHint,
	);
};

const playRecordingHint = 'play the recording of its steps: `multistage-workshop --replay`';

/**
 * Does the CLI build with BuildKit, and does it tell what every stage does at the moment? `build`: what it said to a
 * build from nothing, null without an engine.
 */
export const judgeBuildKit = (
	{value: cli}: ProbeResult<Cli>,
	build: ProbeResult<DockerOutput> | null,
): Judgement => {
	if (!cli) return unknown('No docker command answers that could build.');
	const {verdict, reason, next} = judgeBuilderSupport('buildkit', cli);
	if (verdict !== 'passed') return failed(reason, next?.replace(', then run this step again', '') ?? null);
	if (!build?.value) return unknown('There is no engine that BuildKit could build on.');
	const {stderr, exitCode} = build.value;
	if (exitCode === null)
		return unknown('A tiny build with BuildKit does not come to its end.', 'look again in a while');
	if (exitCode !== 0) {
		const words = lastLine(stderr) ?? `it ended with exit code ${exitCode}`;
		return failed(
			`BuildKit does not build; the docker command says: ${words.replace(/^ERROR: /, '').replace(/\.$/, '')}.`,
			'see what `docker buildx ls` says, and whether `docker build` works in another folder',
		);
	}
	const name = cli.buildx ? `buildx ${cli.buildx}` : `the docker CLI ${cli.version}, which has it inside`;
	return planArgv(['docker', 'build', '.'], 'buildkit', cli).build?.format === 'rawjson'
		? passed(`BuildKit builds, with ${name}.`)
		: passed(
				`BuildKit builds, with ${name}. It prints stages that run at the same time in bursts; buildx 0.13 or newer tells line by line.`,
			);
};

/**
 * Is the builder that the workshop's builds take the engine's own? `own`: what `docker buildx inspect` printed about it,
 * null without an engine; `selected`: about the builder of other terminals, which is passed over. `context`: the one in
 * force, whose name buildx gives to the engine's own builder.
 */
export const judgeBuilder = (
	{value: cli}: ProbeResult<Cli>,
	{
		own,
		selected,
		context,
	}: {own: ProbeResult<DockerOutput> | null; selected: ProbeResult<DockerOutput>; context: string},
): Judgement => {
	if (!cli) return unknown('No docker command answers that could be asked.');
	if (!cli.buildx) return passed('There is no other builder than the engine’s own.');
	if (!own?.value) return unknown('Builds go to the engine’s own builder, and no engine answers.');
	if (own.value.exitCode === null)
		return unknown(
			`The plugin buildx does not say what the builder ${context} is.`,
			'see what `docker buildx ls` says',
		);
	const {name, driver} = readBuilder(own.value.stdout);
	if (own.value.exitCode !== 0 || !name || !driver)
		return failed(
			`The engine’s own builder ${context} can’t be used: ${own.value.stderr.trim() || 'no reason given'}.`,
			'see what `docker buildx ls` says',
		);
	// buildx takes a builder before a context of the same name, and reads names of builders in lower case.
	if (driver !== 'docker')
		return failed(
			`A builder called ${name}, which builds by ${driver}, hides the engine’s own builder of the context \`${context}\`.`,
			`remove it with \`docker buildx rm ${name}\`, or rename the context`,
		);
	return passed(`Builds go to the engine’s own builder ${name}.${describeIgnoredBuilder(selected.value)}`);
};

/** What to know about another builder that is selected; empty when none is. */
const describeIgnoredBuilder = (selected: DockerOutput | null): string => {
	if (!selected || selected.exitCode === null) return '';
	const {name, driver} = readBuilder(selected.stdout);
	if (selected.exitCode !== 0)
		return ` The workshop passes over the builder that is selected in your terminal, which can’t be used: ${selected.stderr.trim().replace(/\.$/, '')}.`;
	return !driver || driver === 'docker'
		? ''
		: ` The workshop passes over the builder ${name}, which is selected in your terminal and builds by ${driver}: what you build with it does not become an image of your engine.`;
};

/**
 * Name and driver of a builder, from what `docker buildx inspect` printed. The driver is empty where the builder does not
 * answer: the next line must not be taken for it.
 */
export const readBuilder = (inspected: string): {name: string | undefined; driver: string | undefined} => ({
	name: /^Name:[ \t]+(\S+)/m.exec(inspected)?.[1],
	driver: /^Driver:[ \t]+(\S+)/m.exec(inspected)?.[1],
});

/**
 * What there is instead of Docker's builders where Podman answers. `build`: what it said to a Dockerfile with an
 * instruction that does not exist; null when it could not be asked.
 */
export const judgePodman = (
	id: Extract<DoctorId, 'legacy-builder' | 'buildkit' | 'builder'>,
	version: string,
	build: ProbeResult<DockerOutput> | null,
): Judgement => {
	switch (id) {
		case 'legacy-builder':
			return warning(
				`Podman ${version} does not have the legacy builder: steps that need it are passed over.`,
				seeRecordingHint,
			);
		case 'buildkit':
			return warning(
				`Podman ${version} does not have BuildKit: steps that need it are passed over, and all others build with Buildah.`,
				seeRecordingHint,
			);
		case 'builder':
			return judgeBuildah(build);
	}
};

const judgeBuildah = (build: ProbeResult<DockerOutput> | null): Judgement => {
	if (!build?.value) return unknown('Podman could not be asked to build.');
	const {stdout, stderr, exitCode} = build.value;
	if (exitCode === null) return unknown('Podman’s Buildah does not answer.', 'look again in a while');
	// It reads the file, begins with its first step, and makes nothing of the second.
	if (/Unknown instruction: "THIS"/.test(stderr)) return passed('Podman builds with Buildah.');
	const words = lastLine(stderr) ?? lastLine(stdout) ?? `it ended with exit code ${exitCode}`;
	return failed(
		`Podman does not build; it says: ${words.replace(/^Error: /, '').replace(/\.$/, '')}.`,
		'see whether `docker build` works in another folder',
	);
};

const seeRecordingHint = 'see them in the recording: `multistage-workshop --replay`';
