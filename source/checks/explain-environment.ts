import type {RunFact} from './model.js';

/** A variable that stands in the way of docker commands: in one sentence, and what to do. */
export type Obstacle = {reason: string; next: string};

type Setting = {
	name: string;
	/** Whether it can do harm with this value. */
	harms(value: string): boolean;
	means: string;
	/** How commands word it that have failed by it. */
	words: RegExp;
};

const settings: Setting[] = [
	{
		name: 'DOCKER_CONTENT_TRUST',
		// The CLI takes what is neither yes nor no for a yes.
		harms: value => !/^(?:0|f|false)$/i.test(value),
		means:
			'with it, the docker command uses signed images only, and what you build in the workshop is not signed',
		words: /notary|trust data|content trust/i,
	},
	{
		name: 'SOURCE_DATE_EPOCH',
		harms: value => !/^-?\d+$/.test(value),
		means: 'BuildKit takes nothing but a number of seconds',
		words: /SOURCE_DATE_EPOCH/,
	},
	{
		name: 'DOCKER_DEFAULT_PLATFORM',
		harms: () => true,
		means: 'images for this platform are looked for, whatever platform the engine has itself',
		words:
			/registry|Unable to find image|platform|unknown operating system or architecture|exec format error|dial tcp/i,
	},
];

/** Variables that stand in the way of every way through the workshop, whatever the engine is. */
export const findObstacle = (environment: Record<string, string>): Obstacle | null => {
	const setting = settings
		.filter(({name}) => name === 'DOCKER_CONTENT_TRUST' || name === 'SOURCE_DATE_EPOCH')
		.find(({name, harms}) => environment[name] && harms(environment[name]));
	return setting ? describe(setting, environment) : null;
};

/** The variable by which a docker command has failed, judged by what it said; null when it is none. */
export const explainEnvironment = (
	{exitCode, stdout, stderr}: Pick<RunFact, 'exitCode' | 'stdout' | 'stderr'>,
	environment: Record<string, string>,
): Obstacle | null => {
	if (exitCode === 0 || exitCode === null) return null;
	const said = `${stderr}\n${stdout}`;
	const setting = settings.find(
		({name, harms, words}) => environment[name] && harms(environment[name]) && words.test(said),
	);
	return setting ? describe(setting, environment) : explainBuildx(said);
};

/** buildx notes each use of a builder in its own folder, which may belong to root or be mounted read-only. */
const explainBuildx = (said: string): Obstacle | null => {
	const words =
		/ERROR: (?:[\w ]+: )?((?:mkdir|open) \S+: (?:not a directory|permission denied|read-only file system))/.exec(
			said,
		)?.[1];
	return words === undefined
		? null
		: {
				reason: `buildx can’t write to the folder of its settings: ${words}.`,
				next: 'set `BUILDX_CONFIG` to a folder that you may write to, then start the workshop again',
			};
};

const describe = ({name, means}: Setting, environment: Record<string, string>): Obstacle => ({
	reason: `\`${name}\` is set to ${environment[name]}: ${means}.`,
	next: `\`unset ${name}\`, then start the workshop again`,
});
