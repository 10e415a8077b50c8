import {judgeChecks} from '../checks/judge.js';
import type {CheckDeclaration} from '../checks/registry.js';
import {type DockerCommand, parseDockerCommand} from '../docker/command.js';
import {normalizeImageName} from '../docker/image-ref.js';
import {messages} from '../messages/index.js';
import {planBuild} from '../session/plan/build-plan.js';
import {readConfig} from '../simulate/images.js';
import {createId, type SimulatedEngine} from '../simulate/model.js';
import {createSimulatedEngine, describeEngine, simulateCommand} from '../simulate/simulated-engine.js';
import {DockerfileError, parseDockerfile} from '../stages/dockerfile/parse-dockerfile.js';
import type {Builder, StageGraph} from '../stages/model.js';
import {BuildTrouble, findFirstRun, listPaths} from './build-model.js';
import {nothingObserved, type Observation, type Trial} from './trial.js';
import {whoamiDockerfile} from './whoami.js';

/** Works out by reading what a trial would show. Nothing runs. */
export const simulateTrial = ({builder, files, commands, look}: Trial): Observation => {
	let current = files;
	let before: {graph: StageGraph; files: Record<string, string>} | null = null;
	let seen: Observation = nothingObserved;
	const images = new Map<string, Set<string>>();
	for (const {argv, changes = {}} of commands) {
		current = {...current, ...changes};
		const command = parseDockerCommand(argv);
		if (!command) return {...seen, failure: 'refused'};
		if (command.refusal !== null) return {...seen, failure: 'refused'};
		if (command.verb === 'run') return {...seen, port: simulateRun(command)};
		try {
			const built = build(command, builder, current);
			for (const tag of built.tags) images.set(normalizeImageName(tag), built.paths);
			const firstRun = findFirstRun(built, before);
			seen = {...seen, stages: listStagesThatRun(built.graph, builder), firstRun};
			before = built;
		} catch (error) {
			if (!(error instanceof BuildTrouble)) throw error;
			seen = {...seen, failure: error.failure, unclear: error.unclear};
			break;
		}
	}
	const found = look && images.get(normalizeImageName(look.image));
	return {...seen, paths: found ? look.paths.filter(path => found.has(path)) : null};
};

/** Reads one `docker build`. Throws a `BuildTrouble` if it would fail, or if only an engine can tell. */
const build = (command: DockerCommand, builder: Builder, files: Record<string, string>) => {
	const {operands, args, flags} = command;
	const cli = {version: '', buildx: null};
	const [context, ...others] = operands;
	if (command.verb !== 'build') throw new BuildTrouble(null, messages.simulate.unclear.command(command.verb));
	const unknown = flags.given.find(({name}) => !['tag', 'target'].includes(name))?.name;
	if (unknown) throw new BuildTrouble(null, messages.simulate.unclear.flag(unknown));
	const word = args.find(arg => /[$`*]/.test(arg));
	if (word !== undefined) throw new BuildTrouble(null, messages.simulate.unclear.shellWord(word));
	if (context === undefined || others.length > 0) throw new BuildTrouble('refused');
	const {dockerfile, target, tags} = planBuild(command, {builder, cli});
	if (tags.some(tag => !/^[a-z\d]+(?:[._/-][a-z\d]+)*(?::\w[\w.-]*)?$/.test(tag)))
		throw new BuildTrouble('refused');
	const text = files[dockerfile ?? ''];
	const folder = context.replace(/^\.\/|\/$/g, '');
	const inContext = listContext(files, folder);
	if (Object.keys(inContext).length === 0) throw new BuildTrouble('no-context');
	if (text === undefined) throw new BuildTrouble('no-dockerfile');
	try {
		const graph = parseDockerfile(text, {target});
		const stages = listStagesThatRun(graph, builder);
		return {graph, tags, files: inContext, paths: listPaths(graph, stages, inContext)};
	} catch (error) {
		throw error instanceof DockerfileError ? new BuildTrouble('no-target') : error;
	}
};

/** The files of a build context, relative to it. */
const listContext = (files: Record<string, string>, folder: string): Record<string, string> =>
	folder === '.' || folder === ''
		? files
		: Object.fromEntries(
				Object.entries(files).flatMap(([path, text]) =>
					path.startsWith(`${folder}/`) ? [[path.slice(folder.length + 1), text]] : [],
				),
			);

/**
 * The stages that a build runs, in Dockerfile order: BuildKit those that the target needs, the legacy builder all up to
 * the target.
 */
const listStagesThatRun = ({stages, target, reachable}: StageGraph, builder: Builder): string[] => {
	const last = stages.findIndex(({name}) => name === target);
	return stages
		.filter(({name, index}) => (builder === 'legacy' ? index <= last : reachable.includes(name)))
		.map(({name}) => name);
};

/** Reads one `docker run` of whoami, and judges it as the lab of the workshop does. */
const simulateRun = (docker: DockerCommand): Observation['port'] => {
	const none = {read: () => null, readShipped: () => null, isChanged: () => false};
	const {engine} = simulateCommand(createWhoamiEngine(), {docker, build: null}, none);
	// Nobody has typed this command, so the verdict need not say that it was only read.
	const facts = describeEngine(engine, []).filter(({fact}) => fact !== 'engine');
	const {finding, reason, evidence} = judgeChecks([whoamiCheck], facts);
	const {published = [], listening = null} = evidence ?? {};
	const port = published.find(({containerPort}) => containerPort === listening);
	return {finding, reason, hostPort: finding === 'passed' ? (port?.hostPort ?? null) : null};
};

/** The check of the lab, but without a port that is forbidden. */
export const whoamiCheck: CheckDeclaration = {
	check: 'port-chain',
	image: 'whoami',
	forbiddenPorts: [],
	finding: 'not-reached',
	hint: '',
};

/** An engine that has the image whoami and no containers. */
const createWhoamiEngine = (): SimulatedEngine => {
	const graph = parseDockerfile(whoamiDockerfile);
	const engine = createSimulatedEngine([], []);
	const id = `sha256:${createId(whoamiDockerfile)}`;
	const config = readConfig(graph, new Map(), () => ({
		exposed: [],
		entrypoint: [],
		command: [],
		hasShell: false,
	}));
	const fact = {fact: 'image', id, tags: ['whoami:latest'], layers: [id], bytes: 0} as const;
	const source = {dockerfile: 'Dockerfile', target: graph.target};
	return {
		...engine,
		images: [{fact: {...fact, tags: [...fact.tags], layers: [...fact.layers]}, config, source}],
	};
};
