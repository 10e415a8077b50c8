import {normalizeImageName} from '../docker/image-ref.js';
import {messages} from '../messages/index.js';
import {expandArgs, splitWords} from '../stages/dockerfile/instruction-words.js';
import {DockerfileError, parseDockerfile} from '../stages/dockerfile/parse-dockerfile.js';
import type {PlannedStage, StageGraph} from '../stages/model.js';
import {
	type CommandSimulator,
	createId,
	findNamedImage,
	type ImageConfig,
	type LabFiles,
	Refusal,
	refuseByDaemon,
	type SimulatedEngine,
	type SimulatedImage,
	type SimulationStep,
	succeeded,
	Unclear,
} from './model.js';
import {parseExposed} from './ports.js';

/** A parsed build command. `dockerfile` and `context` are relative to the lab folder; null if they are elsewhere. */
export type BuildRequest = {
	dockerfile: string | null;
	context: string | null;
	target: string | undefined;
	tags: string[];
	buildArgs: string[];
};

/** Instructions that affect only the containers of an image, not its layers. */
const metadataKeywords = new Set('EXPOSE CMD ENTRYPOINT LABEL ENV ARG STOPSIGNAL MAINTAINER'.split(' '));

/** `docker build` of what the workshop ships, or of a Dockerfile that changes only settings for containers. */
export const simulateBuild = (
	engine: SimulatedEngine,
	{dockerfile, context, target, tags, buildArgs}: BuildRequest,
	lab: LabFiles,
): SimulationStep => {
	if (dockerfile === null || context === null) throw new Unclear(messages.simulate.unclear.foreignBuild);
	const text = lab.read(dockerfile);
	if (text === null)
		throw new Refusal(`ERROR: failed to read dockerfile: open ${dockerfile}: no such file or directory`, 1);
	const args = parseBuildArgs(buildArgs);
	let graph: StageGraph;
	try {
		graph = parseDockerfile(text, {target, buildArgs: args});
	} catch (error) {
		throw error instanceof DockerfileError ? new Refusal(`ERROR: ${error.message}`, 1) : error;
	}
	const config = readConfig(
		graph,
		args,
		image => findNamedImage(engine, image)?.config ?? findKnownConfig(image),
	);
	const {source, ...files} = findOrigin(engine, graph, {dockerfile, context, target, buildArgs}, lab);
	if (!config) throw new Unclear(messages.simulate.unclear.baseImage);
	const id = `sha256:${createId(JSON.stringify([files.layers, config]))}`;
	const image: SimulatedImage = {fact: {fact: 'image', id, tags: [], ...files}, config, source};
	const images = engine.images.some(({fact}) => fact.id === id) ? engine.images : [image, ...engine.images];
	const names = tags.map(normalizeImageName);
	return succeeded(
		{...engine, images: assignNames(images, id, names)},
		`naming to ${names.join(', ') || id}`,
	);
};

const parseBuildArgs = (buildArgs: string[]): Map<string, string> =>
	new Map(buildArgs.map(text => [text.split('=', 1)[0] ?? '', text.slice(text.indexOf('=') + 1)]));

type Origin = Pick<SimulatedImage['fact'], 'layers' | 'bytes'> & Pick<SimulatedImage, 'source'>;

/** Returns the layers of a build, and their source. Throws `Unclear` if they are unknown. */
const findOrigin = (
	engine: SimulatedEngine,
	graph: StageGraph,
	{
		dockerfile,
		context,
		target,
		buildArgs,
	}: Pick<BuildRequest, 'target' | 'buildArgs'> & {dockerfile: string; context: string},
	lab: LabFiles,
): Origin => {
	const shipped = lab.readShipped(dockerfile);
	if (shipped !== null) {
		if (lab.isChanged(context)) throw new Unclear(messages.simulate.unclear.changedFiles(context));
		const original = parseDockerfile(shipped, {target});
		const {buildWith} = messages.simulate.unclear;
		const trouble =
			explainDifference(graph, original) ?? (buildArgs.length > 0 ? buildWith('--build-arg') : null);
		if (trouble) throw new Unclear(trouble);
		const source = {dockerfile, target: original.target};
		const known = engine.images.find(
			one => one.source?.dockerfile === dockerfile && one.source.target === original.target,
		);
		return known
			? {layers: known.fact.layers, bytes: known.fact.bytes, source}
			: {layers: [createId(`layers of ${dockerfile} ${original.target}`)], bytes: 0, source};
	}
	const [only, ...others] = graph.stages.filter(({name}) => graph.reachable.includes(name));
	const image = only?.image && findNamedImage(engine, only.image);
	const first = only?.instructions.find(({keyword}) => !metadataKeywords.has(keyword));
	if (others.length > 0 || !image || first) {
		const what = first?.text ?? only?.image;
		const {buildWith, severalStages} = messages.simulate.unclear;
		throw new Unclear(what ? buildWith(what) : severalStages);
	}
	return {layers: image.fact.layers, bytes: image.fact.bytes, source: null};
};

/** Explains the first difference from the layers of the shipped Dockerfile; null if there is none. */
const explainDifference = (graph: StageGraph, original: StageGraph): string | null => {
	const own = listLayers(graph);
	const theirs = listLayers(original);
	const at = own.findIndex((text, index) => text !== theirs[index]);
	if (at >= 0) return messages.simulate.unclear.buildWith(own[at] ?? '');
	const missing = theirs[own.length];
	return missing === undefined ? null : messages.simulate.unclear.buildWithout(missing);
};

const listLayers = ({stages, reachable}: StageGraph): string[] =>
	stages
		.filter(({name}) => reachable.includes(name))
		.flatMap(({image, instructions}) => [
			`FROM ${image ?? '…'}`,
			...instructions
				.filter(({keyword}) => !metadataKeywords.has(keyword))
				.map(({text}) => text.replace(/\s+/g, ' ')),
		]);

/** Returns the config of a common base image; null for any other. */
export const findKnownConfig = (image: string): ImageConfig | null => {
	if (image === 'scratch') return emptyConfig;
	return /^(?:alpine|busybox|debian|ubuntu|golang)(?::|$)/.test(image)
		? {...emptyConfig, command: ['/bin/sh'], hasShell: true}
		: null;
};

/** Moves names from the images that have them to another image. */
export const assignNames = (images: SimulatedImage[], id: string, names: string[]): SimulatedImage[] =>
	images.map(image => {
		const others = image.fact.tags.filter(tag => !names.includes(tag));
		const tags = image.fact.id === id ? [...others, ...names] : others;
		return {...image, fact: {...image.fact, tags}};
	});

const requireImage = (engine: SimulatedEngine, name: string): SimulatedImage =>
	findNamedImage(engine, name) ?? refuseByDaemon(`No such image: ${normalizeImageName(name)}`);

/** `docker tag`. */
export const tagImage: CommandSimulator = (engine, {operands: [from, to]}) => {
	if (from === undefined || to === undefined)
		throw new Refusal('"docker tag" requires exactly 2 arguments.', 1);
	const {fact} = requireImage(engine, from);
	return succeeded({...engine, images: assignNames(engine.images, fact.id, [normalizeImageName(to)])});
};

/** `docker rmi`: removes names, and each image that has none left. */
export const removeImages: CommandSimulator = (engine, {flags, operands: names}) => {
	if (flags.given.length > 0) throw new Unclear(messages.simulate.unclear.forcedRemoval);
	let {images} = engine;
	for (const name of names) {
		const fullName = normalizeImageName(name);
		const image = requireImage({...engine, images}, name);
		const tags = image.fact.tags.filter(tag => tag !== fullName);
		const user = engine.containers.find(({fact}) => fact.imageId === image.fact.id);
		if (tags.length === 0 && user) {
			const how = ['running', 'paused'].includes(user.fact.state) ? 'cannot be forced' : 'must force';
			refuseByDaemon(
				`conflict: unable to remove repository reference "${name}" (${how}) - container ${user.fact.id.slice(0, 12)} is using its referenced image ${image.fact.id.slice(7, 19)}`,
			);
		}
		images = images.flatMap(one =>
			one !== image ? [one] : tags.length > 0 ? [{...one, fact: {...one.fact, tags}}] : [],
		);
	}
	return succeeded(
		{...engine, images},
		names.map(name => `Untagged: ${normalizeImageName(name)}`).join('\n'),
	);
};

/** The config of `scratch`. */
const emptyConfig: ImageConfig = {exposed: [], entrypoint: [], command: [], hasShell: false};

/**
 * Returns the config of the image that a Dockerfile's target builds; null if unknown. `configOf`: returns that of a
 * base image; null if unknown.
 */
export const readConfig = (
	{stages, target}: StageGraph,
	buildArgs: ReadonlyMap<string, string>,
	configOf: (image: string) => ImageConfig | null,
): ImageConfig | null => {
	const ofStage = (name: string): ImageConfig | null => {
		const stage = stages.find(one => one.name === name);
		if (!stage) return null;
		// A stage without an image starts from the first stage that it needs.
		const base = stage.image === null ? ofStage(stage.needs[0] ?? '') : configOf(stage.image);
		return base && applyInstructions(stage, base, buildArgs);
	};
	return ofStage(target);
};

const applyInstructions = (
	{instructions}: PlannedStage,
	base: ImageConfig,
	buildArgs: ReadonlyMap<string, string>,
): ImageConfig => {
	const variables = new Map<string, string>();
	let config = base;
	let hasOwnCommand = false;
	for (const {keyword, text} of instructions) {
		const rest = text.slice(keyword.length).trim();
		if (keyword === 'ENV' || keyword === 'ARG') {
			for (const [name, value] of parseVariables(rest)) {
				const given = keyword === 'ARG' ? (buildArgs.get(name) ?? value) : value;
				variables.set(name, expandArgs(given, variables));
			}
		} else if (keyword === 'EXPOSE') {
			const ports = expandArgs(rest, variables)
				.split(/\s+/)
				.flatMap(word => parseExposed(word) ?? []);
			config = {...config, exposed: [...new Set([...config.exposed, ...ports])]};
		} else if (keyword === 'CMD') {
			config = {...config, command: parseWords(rest)};
			hasOwnCommand = true;
		} else if (keyword === 'ENTRYPOINT') {
			// The base image's CMD was meant for another program.
			config = {...config, entrypoint: parseWords(rest), command: hasOwnCommand ? config.command : []};
		}
	}
	return config;
};

/** Parses the exec form, `["/whoami"]`; any other text goes to a shell. */
const parseWords = (text: string): string[] => {
	try {
		const words: unknown = JSON.parse(text);
		if (Array.isArray(words) && words.every(word => typeof word === 'string')) return words;
	} catch {
		// Not JSON: the shell form.
	}
	return ['/bin/sh', '-c', text];
};

/** Parses `A=1 B="two"`, or the old form `A 1`. Keeps quotes. */
const parseVariables = (text: string): Array<[string, string]> => {
	const pairs = splitWords(text).flatMap((word): Array<[string, string]> => {
		const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
		return name === undefined ? [] : [[name, value]];
	});
	const [, name, value = ''] = /^([A-Za-z_]\w*)(?:\s+(.*))?$/s.exec(text) ?? [];
	return pairs.length > 0 || name === undefined ? pairs : [[name, value]];
};
