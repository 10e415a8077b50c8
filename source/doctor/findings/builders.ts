import type {DockerOutput} from '../../engine/docker-cli.js';
import {chooseFormat, explainMissingBuildKit} from '../../stages/builders.js';
import {
	defineFinding,
	failed,
	type Judgement,
	type Machine,
	type ProbeResult,
	passed,
	unknown,
	warning,
} from '../finding.js';

const readPodman = async ({engine}: Machine): Promise<string | null> => (await engine).value?.podman ?? null;

/** Does the legacy builder still build? */
export const legacyBuilder = defineFinding({
	id: 'legacy-builder',
	probe: async machine => ({podman: await readPodman(machine), build: await machine.tryBuild('legacy')}),
	judge({podman, build}) {
		if (podman !== null) {
			return warning(
				`Podman ${podman} does not have the legacy builder: steps that need it are passed over.`,
				seeRecordingHint,
			);
		}
		if (!build?.value) return unknown('There is no engine that the docker command could build on.');
		const {stdout, stderr, exitCode} = build.value;
		if (exitCode === null) return unknown('The legacy builder does not answer.', 'look again in a while');
		if (/^Error response from daemon: .*dockerfile parse error/m.test(stderr))
			return passed('The legacy builder is there.');
		const next = 'play the recording of its steps: `multistage-workshop --replay`';
		return /^#\d+ \[internal\]|^ERROR: failed to (?:solve|build)|"vertexes":/m.test(`${stdout}\n${stderr}`)
			? failed(
					'The legacy builder is gone: the docker command builds with BuildKit even with `DOCKER_BUILDKIT=0`.',
					next,
				)
			: failed(
					`The legacy builder is not there; with \`DOCKER_BUILDKIT=0\` the docker command says: ${quote(build.value)}.`,
					next,
				);
	},
});

/** Does the CLI build with BuildKit, and does it report what every stage is doing? */
export const buildkit = defineFinding({
	id: 'buildkit',
	async probe(machine) {
		const {driver = 'docker'} = readBuilder((await machine.ownBuilder)?.value?.stdout ?? '');
		return {
			podman: await readPodman(machine),
			cli: (await machine.cli).value,
			// It would start a builder in a container.
			build: driver === 'docker' ? await machine.tryBuild('buildkit') : null,
		};
	},
	judge({podman, cli, build}) {
		if (podman !== null) {
			return warning(
				`Podman ${podman} does not have BuildKit: steps that need it are passed over, and all others build with Buildah.`,
				seeRecordingHint,
			);
		}
		if (!cli) return unknown('No docker command answers that could build.');
		const missing = cli.podman === undefined ? explainMissingBuildKit(cli) : null;
		if (missing) return failed(missing.reason, missing.next);
		if (!build?.value) return unknown('There is no engine that BuildKit could build on.');
		const {stderr, exitCode} = build.value;
		if (exitCode === null)
			return unknown('A tiny build with BuildKit does not come to its end.', 'look again in a while');
		if (exitCode !== 0) {
			return failed(
				`BuildKit does not build; the docker command says: ${quote({stdout: '', stderr, exitCode}).replace(/^ERROR: /, '')}.`,
				'see what `docker buildx ls` says, and whether `docker build` works in another folder',
			);
		}
		const name = cli.buildx ? `buildx ${cli.buildx}` : `the docker CLI ${cli.version}, which has it inside`;
		return passed(
			chooseFormat('buildkit', cli, true, null) === 'rawjson'
				? `BuildKit builds, with ${name}.`
				: `BuildKit builds, with ${name}. It prints stages that run at the same time in bursts; buildx 0.13 or newer tells line by line.`,
		);
	},
});

/** Is the builder that the workshop's builds use the engine's own? Another one that is selected is passed over. */
export const builder = defineFinding({
	id: 'builder',
	async probe(machine) {
		const podman = await readPodman(machine);
		return {
			podman,
			buildahBuild: podman === null ? null : await machine.tryBuild('buildah'),
			cli: (await machine.cli).value,
			own: await machine.ownBuilder,
			selected: (await machine.selectedBuilder).value,
			/** buildx calls the engine's own builder by the name of the context in force. */
			context: (await machine.engine).value?.context ?? 'default',
		};
	},
	judge({podman, buildahBuild, cli, own, selected, context}) {
		if (podman !== null) return judgeBuildah(buildahBuild);
		if (!cli) return unknown('No docker command answers that could be asked.');
		if (!cli.buildx) return passed('There is no other builder than the engine’s own.');
		if (!own?.value) return unknown('Builds go to the engine’s own builder, and no engine answers.');
		const {stdout, stderr, exitCode} = own.value;
		const next = 'see what `docker buildx ls` says';
		if (exitCode === null)
			return unknown(`The plugin buildx does not say what the builder ${context} is.`, next);
		const {name, driver} = readBuilder(stdout);
		if (exitCode !== 0 || !name || !driver) {
			const reason = stderr.trim() || 'no reason given';
			return failed(`The engine’s own builder ${context} can’t be used: ${reason}.`, next);
		}
		// buildx takes a builder before a context of the same name, and reads names of builders in lower case.
		if (driver !== 'docker') {
			return failed(
				`A builder called ${name}, which builds by ${driver}, hides the engine’s own builder of the context \`${context}\`.`,
				`remove it with \`docker buildx rm ${name}\`, or rename the context`,
			);
		}
		return passed(`Builds go to the engine’s own builder ${name}.${describeIgnoredBuilder(selected)}`);
	},
});

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
const readBuilder = (inspected: string): {name: string | undefined; driver: string | undefined} => ({
	name: /^Name:[ \t]+(\S+)/m.exec(inspected)?.[1],
	driver: /^Driver:[ \t]+(\S+)/m.exec(inspected)?.[1],
});

const judgeBuildah = (build: ProbeResult<DockerOutput> | null): Judgement => {
	if (!build?.value) return unknown('Podman could not be asked to build.');
	const {stderr, exitCode} = build.value;
	if (exitCode === null) return unknown('Podman’s Buildah does not answer.', 'look again in a while');
	// It reads the file, begins with its first step, and makes nothing of the second.
	if (/Unknown instruction: "THIS"/.test(stderr)) return passed('Podman builds with Buildah.');
	return failed(
		`Podman does not build; it says: ${quote(build.value).replace(/^Error: /, '')}.`,
		'see whether `docker build` works in another folder',
	);
};

const seeRecordingHint = 'see them in the recording: `multistage-workshop --replay`';

/** The last line that says something, as the end of a sentence. */
const quote = ({stdout, stderr, exitCode}: DockerOutput): string => {
	const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)?.trim() ?? '';
	const line = lastLine(stderr) || lastLine(stdout) || `it ended with exit code ${exitCode}`;
	return line.replace(/\.$/, '');
};
