import type {PlannedInstruction, StageGraph} from '../build/model.js';
import {DockerfileError, parseDockerfile} from '../build/parse-dockerfile.js';
import {imageName} from '../text/image-name.js';
import {giveNames} from './change-images.js';
import {findNamedImage} from './find-named.js';
import {done, refused, unclear} from './give-result.js';
import {makeId} from './make-id.js';
import type {ImageConfig, LabFiles, Simulated, SimulatedEngine, SimulatedImage} from './model.js';
import {emptyConfig, readConfig} from './read-config.js';

/** A build as its arguments tell. `dockerfile` and `context` are relative to the lab folder; null: from elsewhere. */
export type BuildAsked = {
	dockerfile: string | null;
	context: string | null;
	target: string | undefined;
	tags: string[];
	buildArgs: string[];
};

/** What an image is told apart by that only its containers care about. */
const metadata = new Set(['EXPOSE', 'CMD', 'ENTRYPOINT', 'LABEL', 'ENV', 'ARG', 'STOPSIGNAL', 'MAINTAINER']);

/** `docker build`: of what the workshop ships, and of a Dockerfile that says other things about its containers. */
export const simulateBuild = (engine: SimulatedEngine, asked: BuildAsked, lab: LabFiles): Simulated => {
	if (asked.dockerfile === null || asked.context === null) {
		return unclear(engine, 'A build whose files are not in the lab folder can’t be told by reading.');
	}
	const text = lab.read(asked.dockerfile);
	if (text === null) {
		return refused(
			engine,
			`ERROR: failed to read dockerfile: open ${asked.dockerfile}: no such file or directory`,
			1,
		);
	}
	try {
		return build(
			engine,
			parseDockerfile(text, {target: asked.target, buildArgs: buildArgsOf(asked)}),
			{...asked, dockerfile: asked.dockerfile, context: asked.context},
			lab,
		);
	} catch (error) {
		if (error instanceof DockerfileError) return refused(engine, `ERROR: ${error.message}`, 1);
		throw error;
	}
};

type Placed = BuildAsked & {dockerfile: string; context: string};

const build = (engine: SimulatedEngine, graph: StageGraph, asked: Placed, lab: LabFiles): Simulated => {
	const config = readConfig(graph, buildArgsOf(asked), image => configOf(engine, image));
	const base = originOf(engine, graph, asked, lab);
	if ('unclear' in base) return unclear(engine, base.unclear);
	if (!config) return unclear(engine, 'What the image that it starts from says can’t be told by reading.');
	const id = `sha256:${makeId(JSON.stringify([base.layers, config]))}`;
	const image: SimulatedImage = {
		fact: {fact: 'image', id, tags: [], layers: base.layers, bytes: base.bytes},
		config,
		source: base.source,
	};
	const images = engine.images.some(({fact}) => fact.id === id) ? engine.images : [image, ...engine.images];
	return done(
		{...engine, images: giveNames(images, id, asked.tags.map(imageName))},
		`naming to ${asked.tags.map(imageName).join(', ') || id}`,
	);
};

type Origin = Pick<SimulatedImage['fact'], 'layers' | 'bytes'> & Pick<SimulatedImage, 'source'>;

/** What the layers of a build are; or why that can't be told. */
const originOf = (
	engine: SimulatedEngine,
	graph: StageGraph,
	{dockerfile, context, target, buildArgs}: Placed,
	lab: LabFiles,
): Origin | {unclear: string} => {
	const shipped = lab.readShipped(dockerfile);
	if (shipped !== null) {
		if (lab.isChanged(context))
			return {unclear: `What the changed files in ${context} make can’t be told by reading.`};
		const original = parseDockerfile(shipped, {target});
		const changed = firstDifference(graph, original) ?? (buildArgs.length > 0 ? '--build-arg' : null);
		if (changed) return {unclear: `What the build makes with \`${changed}\` can’t be told by reading.`};
		const source = {dockerfile, target: original.target};
		const known = engine.images.find(
			one => one.source?.dockerfile === dockerfile && one.source.target === original.target,
		);
		return known
			? {layers: known.fact.layers, bytes: known.fact.bytes, source}
			: {layers: [makeId(`layers of ${dockerfile} ${original.target}`)], bytes: 0, source};
	}
	const [only, ...others] = graph.stages.filter(({name}) => graph.reachable.includes(name));
	const image = only?.image && findNamedImage(engine, only.image);
	const first = only?.instructions.find(({keyword}) => !metadata.has(keyword));
	if (others.length > 0 || !image || first) {
		const what = first?.text ?? only?.image ?? 'several stages';
		return {unclear: `What the build makes with \`${what}\` can’t be told by reading.`};
	}
	return {layers: image.fact.layers, bytes: image.fact.bytes, source: null};
};

/** The first thing that makes other layers than the shipped Dockerfile's; null when nothing does. */
const firstDifference = (graph: StageGraph, original: StageGraph): string | null => {
	const own = layersOf(graph);
	const theirs = layersOf(original);
	const at = own.findIndex((text, index) => text !== theirs[index]);
	if (at >= 0) return own[at] ?? null;
	return own.length < theirs.length ? `no ${theirs[own.length]}` : null;
};

const layersOf = ({stages, reachable}: StageGraph): string[] =>
	stages
		.filter(({name}) => reachable.includes(name))
		.flatMap(({image, instructions}) => [
			`FROM ${image ?? 'a stage'}`,
			...instructions.filter(makesLayer).map(textOf),
		]);

const makesLayer = ({keyword}: PlannedInstruction): boolean => !metadata.has(keyword);
const textOf = ({text}: PlannedInstruction): string => text.replace(/\s+/g, ' ');

const buildArgsOf = ({buildArgs}: BuildAsked): Map<string, string> =>
	new Map(buildArgs.map(text => [text.split('=', 1)[0] ?? '', text.slice(text.indexOf('=') + 1)]));

/** Base images that everybody knows, where the engine has not met them. */
const configOf = (engine: SimulatedEngine, image: string): ImageConfig | null => {
	if (image === 'scratch') return emptyConfig;
	return findNamedImage(engine, image)?.config ?? knownConfig(image);
};

/** What common base images say; null of all others. */
export const knownConfig = (image: string): ImageConfig | null =>
	/^(?:alpine|busybox|debian|ubuntu|golang)(?::|$)/.test(image)
		? {...emptyConfig, command: ['/bin/sh'], hasShell: true}
		: null;
