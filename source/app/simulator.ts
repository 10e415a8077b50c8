import path from 'node:path';
import type {Fact} from '../checks/model.js';
import {type DockerCommand, parseDockerCommand} from '../docker/command.js';
import {messages} from '../messages/index.js';
import {fromLabFolder, planBuild} from '../session/plan/build-plan.js';
import {parseShellLine, type ShellLine} from '../session/plan/shell-line.js';
import type {Replay, SimulatedResult} from '../session/ports.js';
import type {BuildRequest} from '../simulate/images.js';
import {
	type LabFiles,
	type SimulatedEngine,
	type SimulationStep,
	succeeded,
	unclear,
} from '../simulate/model.js';
import {
	createSimulatedEngine,
	describeEngine,
	type ShippedBuild,
	simulateCommand,
	summarizeResult,
} from '../simulate/simulated-engine.js';
import {findKnownAnswer, type TypedLine} from './answers.js';
import type {OpenWorkshop} from './open-workshop.js';

type LineContext = Parameters<Replay['read']>[1];

/** The state of one challenge. `why`: why the effect of the last line is unknown. `typed`: the last line. */
type Simulation = {engine: SimulatedEngine; imageIds: string[]; why: string | null; typed: TypedLine | null};

/** Reads typed lines, and derives the facts that follow from them. */
export type Simulator = Pick<Replay, 'read' | 'knownAnswer'> & {
	/** Null if no line has been read at this step. */
	facts(stepId: string): Fact[] | null;
	/** Discards a step's simulation, because its recording has been played. */
	forget(stepId: string): void;
};

/** Creates a simulator of typed lines. `factsOf`: the recorded facts before a challenge. */
export const createSimulator = (open: OpenWorkshop, factsOf: (stepId: string) => Fact[]): Simulator => {
	const {workshop, lab} = open;
	const simulations = new Map<string, Simulation>();
	const files: LabFiles = {
		read: lab.read,
		readShipped: lab.readShipped,
		isChanged: context =>
			lab
				.files()
				.some(({path: file, state}) => isWithin(file, context) && !isDockerfile(file) && state !== 'ours'),
	};
	const begin = (stepId: string): Simulation => {
		const facts = factsOf(stepId);
		const builds = workshop.chapters
			.flatMap(({steps}) => steps.map(({command}) => command ?? ''))
			.flatMap(command => shippedBuild(command, lab.readShipped));
		const imageIds = facts.flatMap(fact => (fact.fact === 'ledger' ? fact.imageIds : []));
		return {engine: createSimulatedEngine(facts, builds), imageIds, why: null, typed: null};
	};
	return {
		read(line, place) {
			const before = simulations.get(place.stepId) ?? begin(place.stepId);
			const {lines, last, why} = simulateLine(line, before.engine, place, lab.path, files);
			const commands = parseShellLine(line, place.dialect).commands.map(({words}) => words);
			const typed = {commands, isFirst: before.typed === null};
			simulations.set(place.stepId, {...before, engine: last.engine, why, typed});
			const {exitCode, stdout, stderr, engine} = last;
			return {
				lines: [messages.app.simulation.readNotRun, ...lines],
				exitCode,
				stdout,
				stderr,
				endedAt: engine.now,
			} satisfies SimulatedResult;
		},
		facts(stepId) {
			const simulation = simulations.get(stepId);
			if (!simulation) return null;
			const {engine, imageIds, why} = simulation;
			return [
				...describeEngine(engine, imageIds),
				...(why === null ? [] : [{fact: 'unclear' as const, reason: why}]),
			];
		},
		knownAnswer(stepId, judged) {
			const typed = simulations.get(stepId)?.typed ?? null;
			// An earlier line may have created what passes, whatever the last one does.
			if (judged.verdict === 'passed' && typed && !typed.isFirst) return null;
			return findKnownAnswer(open, stepId, typed);
		},
		forget: stepId => void simulations.delete(stepId),
	};
};

/** Simulates the commands of a line one after another, and handles `&&` and `||` as a shell would. */
const simulateLine = (
	line: string,
	engine: SimulatedEngine,
	place: LineContext,
	labFolder: string,
	files: LabFiles,
): {lines: string[]; last: SimulationStep; why: string | null} => {
	const read = parseShellLine(expandContainerIds(line, engine), place.dialect);
	const foreign = describeUnsupported(read);
	if (foreign !== null) return {lines: [foreign], last: unclear(engine, foreign), why: foreign};
	const lines: string[] = [];
	let last = succeeded(engine);
	for (const command of read.commands) {
		const isSkipped =
			command.joinedBy === '&&' ? last.exitCode !== 0 : command.joinedBy === '||' && last.exitCode === 0;
		if (isSkipped) continue;
		const before = last.engine;
		const docker = parseDockerCommand(command.words);
		if (!docker) {
			lines.push(messages.app.simulation.noDocker(command.words[0] ?? ''));
			continue;
		}
		last = simulateCommand(before, {docker, build: readBuild(docker, place, labFolder)}, files);
		lines.push(...summarizeResult(before, last));
		if (last.unclear !== null) return {lines, last, why: last.unclear};
	}
	return {lines, last, why: null};
};

/** Expands `$(docker ps -aq)`, the usual way to name all containers, and the only substitution with a known result. */
const expandContainerIds = (line: string, {containers}: SimulatedEngine): string =>
	line.replace(/\$\(docker (?:ps|container ls) (-a?q|-qa)\)/g, (_, flags: string) =>
		containers
			.filter(({fact}) => flags.includes('a') || fact.state === 'running')
			.map(({fact}) => fact.id.slice(0, 12))
			.join(' '),
	);

/** Why a line can't be simulated as a sequence of commands; null if it can. */
const describeUnsupported = ({commands}: ShellLine): string | null => {
	const strange = commands.find(({joinedBy}) => joinedBy !== null && !['&&', '||', ';'].includes(joinedBy));
	if (strange?.joinedBy) return messages.app.simulation.unclearOperator(strange.joinedBy);
	return commands.length === 0 ? messages.app.simulation.noCommand : null;
};

/** Null if the command builds nothing. */
const readBuild = (
	command: DockerCommand | null,
	{folder}: Pick<LineContext, 'folder'>,
	labFolder: string,
): BuildRequest | null => {
	if (command?.verb !== 'build') return null;
	const {dockerfile, target, tags} = planBuild(command, {
		builder: 'buildkit',
		cli: {version: '', buildx: null},
		folder: fromLabFolder(folder, labFolder),
	});
	const isInLab = dockerfile !== null && !path.isAbsolute(dockerfile) && !dockerfile.startsWith('..');
	return {
		dockerfile: isInLab ? dockerfile : null,
		context: isInLab ? path.posix.dirname(dockerfile) : null,
		target,
		tags,
		buildArgs: command.flags.all('build-arg'),
	};
};

/** The images that a command of the workshop builds, and from what; empty if it is not a build. */
const shippedBuild = (command: string, readShipped: (file: string) => string | null): ShippedBuild[] => {
	const [first] = parseShellLine(command, 'sh').commands;
	const build = readBuild(parseDockerCommand(first?.words ?? []), {folder: '/'}, '/');
	const text = build?.dockerfile ? readShipped(build.dockerfile) : null;
	if (!build?.dockerfile || text === null) return [];
	const {dockerfile, target} = build;
	return build.tags.map(tag => ({tag, dockerfile, target, text}));
};

const isWithin = (file: string, folder: string): boolean => folder === '.' || file.startsWith(`${folder}/`);
const isDockerfile = (file: string): boolean => /(?:^|\/)(?:[\w-]+\.)?Dockerfile$/.test(file);
