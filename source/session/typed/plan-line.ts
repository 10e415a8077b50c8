import path from 'node:path';
import type {Builder} from '../../build/model.js';
import {withTag} from '../../text/with-tag.js';
import type {Dialect} from '../../workshop/model.js';
import {type BuildPlan, planBuild} from '../perform/plan-build.js';
import type {EngineIdentity} from '../ports.js';
import {dockerVerb} from './docker-verb.js';
import {needsTerminal} from './needs-terminal.js';
import {type ReadLine, type Redirection, readLine, type SimpleCommand} from './read-line.js';

/** What a typed line will do, as far as the program must know before the shell runs it. */
export type LinePlan = {
	read: ReadLine;
	/** The one build in it; null when there is none, or more than one. */
	build: BuildPlan | null;
	/** Names that `docker tag` gives, `name:tag` each. */
	tags: string[];
	/** Files that output goes to, absolute. */
	outputs: Array<Redirection & {isOfBuild: boolean}>;
	/** It talks to whoever sits at the terminal. */
	needsTerminal: boolean;
};

/** `folder`: where the shell starts; `labFolder`: both absolute. */
export const planLine = (
	line: string,
	{
		dialect,
		builder,
		cli,
		folder,
		labFolder,
	}: {dialect: Dialect; builder: Builder; cli: EngineIdentity['cli']; folder: string; labFolder: string},
): LinePlan => {
	const read = readLine(line, dialect);
	const builds: BuildPlan[] = [];
	const tags: string[] = [];
	const outputs: LinePlan['outputs'] = [];
	let here = folder;
	for (const command of read.commands) {
		if (command.words[0] === 'cd') here = path.resolve(here, command.words[1] ?? labFolder);
		const docker = dockerVerb(command);
		const isOfBuild = docker?.verb === 'build';
		outputs.push(
			...command.outputs.map(output => ({...output, file: path.resolve(here, output.file), isOfBuild})),
		);
		if (docker?.verb === 'tag') tags.push(...docker.args.slice(1, 2).map(withTag));
		if (!docker || !isOfBuild) continue;
		builds.push(
			planBuild(docker.args, {
				builder: builderOf(command) ?? builder,
				cli,
				folder: fromLabFolder(here, labFolder),
				isOnlyCommand: read.isPlain,
			}),
		);
	}
	return {
		read,
		build: builds.length === 1 ? (builds[0] ?? null) : null,
		tags,
		outputs,
		needsTerminal: read.commands.some(needsTerminal),
	};
};

/** The builder that stands before the command itself: `DOCKER_BUILDKIT=0 docker build …`. */
const builderOf = ({settings: {DOCKER_BUILDKIT: value}, words}: SimpleCommand): Builder | null => {
	if (words.includes('buildx')) return 'buildkit';
	return value === undefined ? null : value === '0' || value === 'false' ? 'legacy' : 'buildkit';
};

const fromLabFolder = (folder: string, labFolder: string): string => {
	const relative = path.relative(labFolder, folder);
	return relative.startsWith('..') || path.isAbsolute(relative) ? folder : relative;
};
