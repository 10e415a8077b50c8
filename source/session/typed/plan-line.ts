import path from 'node:path';
import type {Builder} from '../../build/model.js';
import {isBuild, readDocker} from '../../docker/command.js';
import type {Makes} from '../../docker/makes.js';
import type {Dialect} from '../../workshop/model.js';
import {type BuildPlan, makesOn, planBuild} from '../perform/plan-build.js';
import type {EngineIdentity} from '../ports.js';
import {needsTerminal} from './needs-terminal.js';
import {type ReadLine, type Redirection, readLine, type SimpleCommand} from './read-line.js';

/** What a typed line will do, as far as the program must know before the shell runs it. */
export type LinePlan = {
	read: ReadLine;
	/** The one build in it; null when there is none, or more than one. */
	build: BuildPlan | null;
	/** What its docker commands make, in order. */
	makes: Makes[];
	/** Files that output goes to, absolute. */
	outputs: Array<Redirection & {isOfBuild: boolean}>;
	/** It talks to whoever sits at the terminal. */
	needsTerminal: boolean;
};

/** `folder`: where the shell starts; `labFolder`: both absolute. `environment`: that of the shell. */
export const planLine = (
	line: string,
	{
		dialect,
		builder,
		cli,
		folder,
		labFolder,
		environment = {},
	}: {
		dialect: Dialect;
		builder: Builder;
		cli: EngineIdentity['cli'];
		folder: string;
		labFolder: string;
		environment?: Record<string, string>;
	},
): LinePlan => {
	const read = readLine(line, dialect, {...environment, PWD: folder});
	const builds: BuildPlan[] = [];
	const makes: Makes[] = [];
	const outputs: LinePlan['outputs'] = [];
	let here = folder;
	for (const command of read.commands) {
		if (command.words[0] === 'cd') here = path.resolve(here, command.words[1] ?? labFolder);
		const docker = readDocker(command.words);
		const isOfBuild = docker !== null && isBuild(docker);
		outputs.push(
			...command.outputs.map(output => ({...output, file: path.resolve(here, output.file), isOfBuild})),
		);
		if (docker) makes.push(makesOn(docker, cli));
		if (!docker || !isOfBuild) continue;
		const build = planBuild(docker, {
			builder: builderOf(command) ?? builder,
			cli,
			folder: fromLabFolder(here, labFolder),
			input: command.input,
			isOnlyCommand: read.isPlain,
		});
		const {dockerfile} = build;
		const isAbsolute = dockerfile !== null && path.isAbsolute(dockerfile);
		builds.push(isAbsolute ? {...build, dockerfile: fromLabFolder(dockerfile, labFolder)} : build);
	}
	return {
		read,
		build: builds.length === 1 ? (builds[0] ?? null) : null,
		makes,
		outputs,
		needsTerminal: read.commands.some(needsTerminal),
	};
};

/** The builder that stands before the command itself: `DOCKER_BUILDKIT=0 docker build …`. */
const builderOf = ({settings: {DOCKER_BUILDKIT: value}}: SimpleCommand): Builder | null =>
	value === undefined ? null : value === '0' || value === 'false' ? 'legacy' : 'buildkit';

/** A folder as seen from the lab folder, absolute when it lies elsewhere. */
export const fromLabFolder = (folder: string, labFolder: string): string => {
	const relative = path.relative(labFolder, folder);
	return relative.startsWith('..') || path.isAbsolute(relative) ? folder : relative;
};
