import type {DockerOutput} from '../../engine/docker-cli.js';
import {messages} from '../../messages/index.js';
import {chooseFormat, explainMissingBuildKit} from '../../stages/builders.js';
import {defineFinding, failed, type Judgement, passed, unknown} from '../finding.js';
import type {Machine, ProbeResult} from '../machine.js';

const readPodman = async ({engine}: Machine): Promise<string | null> => (await engine).value?.podman ?? null;

/** Does the legacy builder still work? */
export const legacyBuilder = defineFinding({
	id: 'legacy-builder',
	probe: async machine => ({podman: await readPodman(machine), build: await machine.tryBuild('legacy')}),
	judge({podman, build}) {
		const say = messages.doctor.legacyBuilder;
		if (podman !== null) return passed(say.notInPodman(podman));
		if (!build?.value) return unknown(say.noEngine);
		const {stdout, stderr, exitCode} = build.value;
		if (exitCode === null) return unknown(say.silent);
		if (/^Error response from daemon: .*dockerfile parse error/m.test(stderr)) return passed(say.works);
		return /^#\d+ \[internal\]|^ERROR: failed to (?:solve|build)|"vertexes":/m.test(`${stdout}\n${stderr}`)
			? failed(say.gone)
			: failed(say.missing(quote(build.value)));
	},
});

/** Does the CLI build with BuildKit, and does it report the progress of every stage? */
export const buildkit = defineFinding({
	id: 'buildkit',
	async probe(machine) {
		const {driver = 'docker'} = readBuilder((await machine.ownBuilder)?.value?.stdout ?? '');
		return {
			podman: await readPodman(machine),
			cli: (await machine.cli).value,
			// Another driver would start a builder in a container.
			build: driver === 'docker' ? await machine.tryBuild('buildkit') : null,
		};
	},
	judge({podman, cli, build}) {
		const say = messages.doctor.buildkit;
		if (podman !== null) return passed(say.notInPodman(podman));
		if (!cli) return unknown(say.noCli);
		const missing = cli.podman === undefined ? explainMissingBuildKit(cli) : null;
		if (missing) return failed(missing);
		if (!build?.value) return unknown(say.noEngine);
		const {stderr, exitCode} = build.value;
		if (exitCode === null) return unknown(say.silent);
		if (exitCode !== 0)
			return failed(say.fails(quote({stdout: '', stderr, exitCode}).replace(/^ERROR: /, '')));
		if (!cli.buildx) return passed(say.worksInCli(cli.version));
		const isRawJson = chooseFormat('buildkit', cli, true, null) === 'rawjson';
		return passed(isRawJson ? say.works(cli.buildx) : say.worksInBursts(cli.buildx));
	},
});

/** Do the workshop's builds use the engine's own builder? Another selected builder is ignored. */
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
			/** buildx names the engine's own builder after the current context. */
			context: (await machine.engine).value?.context ?? 'default',
		};
	},
	judge({podman, buildahBuild, cli, own, selected, context}) {
		if (podman !== null) return judgeBuildah(buildahBuild);
		const say = messages.doctor.builder;
		if (!cli) return unknown(say.noCli);
		if (!cli.buildx) return passed(say.only);
		if (!own?.value) return unknown(say.noEngine);
		const {stdout, stderr, exitCode} = own.value;
		if (exitCode === null) return unknown(say.silent(context));
		const {name, driver} = readBuilder(stdout);
		if (exitCode !== 0 || !name || !driver) return failed(say.unusable(context, stderr.trim()));
		// buildx prefers a builder to a context of the same name, and converts builder names to lower case.
		if (driver !== 'docker') return failed(say.hidden({name, driver, context}));
		return passed([say.own(name), ...describeIgnoredBuilder(selected)].join(' '));
	},
});

/** A note on another selected builder; empty if there is none. */
const describeIgnoredBuilder = (selected: DockerOutput | null): string[] => {
	if (!selected || selected.exitCode === null) return [];
	const say = messages.doctor.builder;
	if (selected.exitCode !== 0) return [say.ignoredBroken(selected.stderr.trim().replace(/\.$/, ''))];
	const {name, driver} = readBuilder(selected.stdout);
	return name && driver && driver !== 'docker' ? [say.ignored(name, driver)] : [];
};

/**
 * The name and the driver in the output of `docker buildx inspect`. The driver is empty if the builder doesn't answer:
 * the pattern must not continue on the next line.
 */
const readBuilder = (inspected: string): {name: string | undefined; driver: string | undefined} => ({
	name: /^Name:[ \t]+(\S+)/m.exec(inspected)?.[1],
	driver: /^Driver:[ \t]+(\S+)/m.exec(inspected)?.[1],
});

const judgeBuildah = (build: ProbeResult<DockerOutput> | null): Judgement => {
	const say = messages.doctor.builder;
	if (!build?.value) return unknown(say.podmanNotAsked);
	const {stderr, exitCode} = build.value;
	if (exitCode === null) return unknown(say.buildahSilent);
	// Buildah reads the file, starts its first step, and doesn't understand the second.
	if (/Unknown instruction: "THIS"/.test(stderr)) return passed(say.buildah);
	return failed(say.podmanFails(quote(build.value).replace(/^Error: /, '')));
};

/** The last non-empty line of the output, as the end of a sentence. */
const quote = ({stdout, stderr, exitCode}: DockerOutput): string => {
	const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)?.trim() ?? '';
	const line = lastLine(stderr) || lastLine(stdout) || messages.doctor.printedNothing(exitCode);
	return line.replace(/\.$/, '');
};
