import path from 'node:path';
import type {Fact} from '../checks/model.js';
import {type DockerCommand, readDocker} from '../docker/command.js';
import {planBuild} from '../session/perform/plan-build.js';
import type {Reading, Replay} from '../session/ports.js';
import {fromLabFolder} from '../session/typed/plan-line.js';
import {type ReadLine, readLine, type SimpleCommand} from '../session/typed/read-line.js';
import {beginEngine, type ShippedBuild} from '../simulate/begin-engine.js';
import {describeEngine} from '../simulate/describe-engine.js';
import {done, unclear} from '../simulate/give-result.js';
import type {LabFiles, Simulated, SimulatedEngine} from '../simulate/model.js';
import type {BuildAsked} from '../simulate/simulate-build.js';
import {simulateCommand} from '../simulate/simulate-command.js';
import {tellResult} from '../simulate/tell-result.js';
import {findKnownAnswer, type Typed} from './known-answers.js';
import type {OpenWorkshop} from './open-workshop.js';

type Place = Parameters<Replay['read']>[1];

/** What was read at one challenge so far. `why`: what the last line does can't be told. `typed`: the last line. */
type Thought = {engine: SimulatedEngine; imageIds: string[]; why: string | null; typed: Typed | null};

/** A reader, and the facts of what it has read. */
export type Reader = Pick<Replay, 'read' | 'knownAnswer'> & {
	/** Null where nothing was read yet. */
	facts(stepId: string): Fact[] | null;
	/** The recording has gone on: what was thought of its engine no longer holds. */
	forget(stepId: string): void;
};

/** Reads lines in the place of running them. `factsOf`: the challenge's engine as it was recorded. */
export const createReader = (open: OpenWorkshop, factsOf: (stepId: string) => Fact[]): Reader => {
	const {workshop, lab} = open;
	const thoughts = new Map<string, Thought>();
	const files: LabFiles = {
		read: lab.read,
		readShipped: lab.readShipped,
		isChanged: context =>
			lab
				.files()
				.some(({path: file, state}) => isWithin(file, context) && !isDockerfile(file) && state !== 'ours'),
	};
	const begin = (stepId: string): Thought => {
		const facts = factsOf(stepId);
		const builds = workshop.chapters
			.flatMap(({steps}) => steps.map(({command}) => command ?? ''))
			.flatMap(command => shippedBuild(command, lab.readShipped));
		const imageIds = facts.flatMap(fact => (fact.fact === 'ledger' ? fact.imageIds : []));
		return {engine: beginEngine(facts, builds), imageIds, why: null, typed: null};
	};
	return {
		read(line, place) {
			const before = thoughts.get(place.stepId) ?? begin(place.stepId);
			const {lines, last, why} = readAll(line, before.engine, place, lab.path, files);
			const commands = readLine(line, place.dialect).commands.map(({words}) => words);
			const typed = {commands, isFirst: before.typed === null};
			thoughts.set(place.stepId, {...before, engine: last.engine, why, typed});
			const {exitCode, stdout, stderr, engine} = last;
			return {
				lines: ['Read, not run.', ...lines],
				exitCode,
				stdout,
				stderr,
				endedAt: engine.now,
			} satisfies Reading;
		},
		facts(stepId) {
			const thought = thoughts.get(stepId);
			if (!thought) return null;
			const {engine, imageIds, why} = thought;
			return [
				...describeEngine(engine, imageIds),
				...(why === null ? [] : [{fact: 'unclear' as const, reason: why}]),
			];
		},
		knownAnswer(stepId, judged) {
			const typed = thoughts.get(stepId)?.typed ?? null;
			// What an earlier line made may pass whatever the last one does.
			if (judged.verdict === 'passed' && typed && !typed.isFirst) return null;
			return findKnownAnswer(open, stepId, typed);
		},
		forget: stepId => void thoughts.delete(stepId),
	};
};

/** One command after the other, as a shell would: behind `&&` only when the one before went well. */
const readAll = (
	line: string,
	engine: SimulatedEngine,
	place: Place,
	labFolder: string,
	files: LabFiles,
): {lines: string[]; last: Simulated; why: string | null} => {
	const read = readLine(withIds(line, engine), place.dialect);
	const foreign = strangeOf(read);
	if (foreign !== null) return {lines: [foreign], last: unclear(engine, foreign), why: foreign};
	const lines: string[] = [];
	let last = done(engine);
	for (const command of read.commands) {
		const isSkipped =
			command.joinedBy === '&&' ? last.exitCode !== 0 : command.joinedBy === '||' && last.exitCode === 0;
		if (isSkipped) continue;
		const before = last.engine;
		const docker = readDocker(command.words);
		if (!docker) {
			lines.push(`\`${command.words[0]}\` is no docker command, and only those are read here.`);
			continue;
		}
		last = simulateCommand(before, {docker, build: buildOf(command, place, labFolder)}, files);
		lines.push(...tellResult(before, last));
		if (last.unclear !== null) return {lines, last, why: last.unclear};
	}
	return {lines, last, why: null};
};

/** `$(docker ps -aq)` is how everybody says “all containers”: the one thing that a shell puts in and that is known here. */
const withIds = (line: string, {containers}: SimulatedEngine): string =>
	line.replace(/\$\(docker (?:ps|container ls) (-a?q|-qa)\)/g, (_, flags: string) =>
		containers
			.filter(({fact}) => flags.includes('a') || fact.state === 'running')
			.map(({fact}) => fact.id.slice(0, 12))
			.join(' '),
	);

/** Why a line is more than a row of commands; null when it is not. */
const strangeOf = ({commands}: ReadLine): string | null => {
	const strange = commands.find(({joinedBy}) => joinedBy !== null && !['&&', '||', ';'].includes(joinedBy));
	if (strange)
		return `What \`${strange.joinedBy}\` makes of the commands beside it can’t be told by reading.`;
	return commands.length === 0 ? 'There is no command in this line.' : null;
};

const buildOf = (command: SimpleCommand, place: Place, labFolder: string): BuildAsked | null => {
	const docker = readDocker(command.words);
	return docker?.verb === 'build' ? askedOf(docker, place, labFolder) : null;
};

const askedOf = (command: DockerCommand, {folder}: Place, labFolder: string): BuildAsked => {
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

/** Which image the workshop itself builds by a command, and from what; none when it is no build. */
const shippedBuild = (command: string, readShipped: (file: string) => string | null): ShippedBuild[] => {
	const [first] = readLine(command, 'sh').commands;
	const asked = first && buildOf(first, {stepId: '', dialect: 'sh', folder: '/'}, '/');
	const text = asked?.dockerfile ? readShipped(asked.dockerfile) : null;
	if (!asked?.dockerfile || text === null) return [];
	const {dockerfile, target} = asked;
	return asked.tags.map(tag => ({tag, dockerfile, target, text}));
};

const isWithin = (file: string, folder: string): boolean => folder === '.' || file.startsWith(`${folder}/`);
const isDockerfile = (file: string): boolean => /(?:^|\/)(?:[\w-]+\.)?Dockerfile$/.test(file);
