import path from 'node:path';
import {engineUnreachable} from '../../docker/messages.js';
import type {Build} from '../model.js';
import {copyCauses, dockerfileCauses, imageCauses} from './dockerfile-causes.js';
import {type BuildCommand, type Cause, createFailureContext, findCause} from './failure-context.js';
import {runCauses, startCauses} from './run-causes.js';

/** Why `docker build` itself refuses a command, or finds no engine. */
const commandCauses: Cause[] = [
	{
		pattern: /requires (?:exactly )?1 argument/,
		says: (_, {command}) =>
			(command?.contexts.length ?? 0) > 1
				? `Only one folder is built at a time, and this command names ${command?.contexts.map(quoteWord).join(' and ')}.`
				: 'The folder to build is missing: the command has to end with it, like the dot in `docker build -t name .`',
	},
	{
		pattern: /^unknown (?:shorthand )?flag: (?:'(\w)' in \S+|(\S+))/,
		says: ([flag = ''], {command}) =>
			command?.isKnown
				? `This builder has no option \`${withDash(flag)}\`: it needs BuildKit, or a newer Docker CLI.`
				: `\`docker build\` has no option \`${withDash(flag)}\`: look at its spelling, or at \`docker build --help\`.`,
	},
	{
		pattern: /flag needs an argument: (?:'(\w)' in \S+|(\S+))/,
		says: ([flag = '']) => `The option \`${withDash(flag)}\` needs a value behind it.`,
	},
	{
		pattern: /invalid (?:argument|tag) "([^"]*)"(?: for "-t, --tag" flag)?: .*must be lowercase/,
		says: "The image can't be called `$1`: its name has to be in small letters.",
	},
	{
		pattern: /invalid (?:argument|tag) "([^"]*)"(?: for "-t, --tag" flag)?: invalid reference format/,
		says: "The image can't be called `$1`: a name looks like `app` or `app:1.0`.",
	},
	{
		pattern: /^invalid argument "([^"]*)" for "(?:-\w, )?(--[\w-]+)" flag/,
		says: '`$1` is no value for the option `$2`.',
	},
	{
		pattern: /"([^"]*)": cannot parse platform specifier/,
		says: '`$1` is no platform: one looks like `linux/amd64`.',
	},
	{
		pattern: /unable to prepare context: path "([^"]+)" not found/,
		says: 'There is no folder `$1` to build.',
	},
	{
		pattern: /context must be a directory: (\S+)/,
		says: '`$1` is a file, and what is built is a folder: name the one it is in.',
	},
	{
		pattern: /failed to get build context (\S+): stat ([^\s:]+)/,
		says: 'There is no folder `$2`, which `--build-context $1` names.',
	},
	{
		pattern: /failed to stat ([^\s:]+): stat/,
		says: 'There is no file `$1`, which an option of the command names.',
	},
	{
		pattern: /'git clone'|error fetching .*repository|unable to access '/,
		says: (_, {command}) =>
			`The repository ${quoteWord(command?.contexts[0] ?? 'that is built')} can't be loaded: it is not there, or the network is out of reach.`,
	},
	{
		pattern: /failed to read dockerfile.*is a directory|reading Dockerfile: .*is a directory/,
		says: 'What should be the Dockerfile is a folder.',
	},
	{
		pattern:
			/evaluate symlinks in Dockerfile path|failed to read dockerfile: .*no such file|^resolve : lstat .*no such file/,
		says: (_, {command}) => explainMissingDockerfile(command),
	},
	{
		pattern: /buildx component is missing or broken/,
		says: 'This Docker CLI lacks buildx, which BuildKit needs.',
	},
	{
		pattern: /docker\.sock: connect: permission denied|permission denied while trying to connect/,
		says: 'You may not talk to the Docker daemon: see what `multistage-workshop doctor` finds.',
	},
	{
		pattern: engineUnreachable,
		says: 'Docker does not answer: start it, or see what `multistage-workshop doctor` finds.',
	},
	{
		pattern: /error reading from server: EOF/,
		says: 'The Docker daemon broke off in the middle of the build: see with `docker version` whether it runs.',
	},
];

/** `-x` for the letter alone, as the CLI words it. */
const withDash = (flag: string): string => (flag.length === 1 ? `-${flag}` : flag);

const explainMissingDockerfile = (command: BuildCommand | null): string => {
	const {file = null, contexts: [context = '.'] = []} = command ?? {};
	if (file === null) return 'There is no file `Dockerfile` in the folder that is built.';
	const missing = `There is no file \`${file}\` where the command runs`;
	const inContext = path.posix.join(context, file);
	return path.isAbsolute(file) || inContext === path.posix.normalize(file)
		? `${missing}.`
		: `${missing}: \`-f\` is read from there, not from the folder that is built. For a file in that folder write \`-f ${inContext}\`.`;
};

const quoteWord = (word: string): string => (word.includes(' ') ? word : `\`${word}\``);

/**
 * Why a build usually fails like this, in one sentence, as builders of CLI 20.10 to 28 word it. What the engine says
 * counts before what a command has printed. Null when the build did not fail, or when no cause is sure.
 */
export const diagnose = (build: Build, command: BuildCommand | null = null): string | null =>
	build.failure ? findCause(causes, createFailureContext(build, build.failure, command)) : null;

const causes = [
	...commandCauses,
	...startCauses,
	...copyCauses,
	...imageCauses,
	...dockerfileCauses,
	...runCauses,
];
