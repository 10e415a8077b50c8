import type {BuildTarget} from '../../docker/build-definition.js';
import {joinTargets} from '../../stages/dockerfile/join-targets.js';
import {parseStageGraph} from '../../stages/dockerfile/parse-dockerfile.js';
import type {Stage, StageGraph} from '../../stages/model.js';
import {createStageTracker} from '../../stages/tracker/stage-tracker.js';
import type {LabFolder} from '../ports.js';
import {type BuildSource, createBuildOptions} from './build-plan.js';

/** What a build will do, according to its Dockerfile. */
export type DockerfilePlan = {
	/** Relative to the lab folder. */
	dockerfile: string;
	/** Null if there is no such file, or if it comes from elsewhere. */
	text: string | null;
	/** Has no stages if the Dockerfile is invalid: the builder will say why. */
	graph: StageGraph;
	/** The stages before the build starts, in Dockerfile order. */
	waiting: Stage[];
};

/** What a Dockerfile says, and where it was found. */
type FoundDockerfile = Pick<DockerfilePlan, 'dockerfile' | 'text' | 'graph'>;

type Reader = Pick<LabFolder, 'read' | 'readShipped'>;
type PlanOptions = {environment: Record<string, string>; enginePlatform?: string | undefined};

/**
 * Reads the learner's Dockerfile, or the shipped one if theirs is missing; those of several targets have no common text.
 * `environment`: of the build command.
 */
export const readDockerfilePlan = (
	source: BuildSource,
	lab: Reader,
	options: PlanOptions,
): DockerfilePlan => {
	const found = source.targets
		? joinFound(source.targets.map(target => ({name: target.name, ...findTarget(target, lab, options)})))
		: findDockerfile(source, lab, options);
	return {...found, waiting: createStageTracker(found.graph, 'rawjson').snapshot().stages};
};

const findDockerfile = (source: BuildSource, lab: Reader, options: PlanOptions): FoundDockerfile => {
	const read = (file: string): string | null => lab.read(file) ?? lab.readShipped(file);
	const names = source.dockerfile === null ? [] : [source.dockerfile];
	if (source.isUsualFile) names.push(...names.map(file => file.replace(/Dockerfile$/, 'dockerfile')));
	const dockerfile = names.find(file => read(file) !== null) ?? names[0];
	const text = dockerfile === undefined ? null : read(dockerfile);
	const graph = parseStageGraph(text, createBuildOptions(source, options));
	return {dockerfile: dockerfile ?? 'Dockerfile', text, graph};
};

const findTarget = (target: BuildTarget, lab: Reader, options: PlanOptions): FoundDockerfile => {
	const source = {...target, target: target.target, isUsualFile: false};
	if (target.inline === null) return findDockerfile(source, lab, options);
	const graph = parseStageGraph(target.inline, createBuildOptions(source, options));
	return {dockerfile: 'Dockerfile', text: target.inline, graph};
};

const joinFound = (found: Array<FoundDockerfile & {name: string}>): FoundDockerfile => {
	const texts = new Set(found.map(({text}) => text));
	return {
		dockerfile: [...new Set(found.map(({dockerfile}) => dockerfile))].join(', '),
		text: texts.size === 1 ? (found[0]?.text ?? null) : null,
		graph: joinTargets(found),
	};
};
