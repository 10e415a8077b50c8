import path from 'node:path';
import {engineUnreachable} from '../../docker/error-patterns.js';
import {messages} from '../../messages/index.js';
import type {Build} from '../model.js';
import {copyCauses, dockerfileCauses, imageCauses} from './dockerfile-causes.js';
import {type BuildCommand, type Cause, createFailureContext, findCause} from './failure-context.js';
import {runCauses, startCauses} from './run-causes.js';

/** Why `docker build` itself rejects a command, or can't reach the engine. */
const commandCauses: Cause[] = [
	{
		pattern: /requires (?:exactly )?1 argument/,
		says: (_, {command}) =>
			command && command.contexts.length > 1
				? messages.stages.causes.severalContexts(command.contexts.map(quoteWord))
				: messages.stages.causes.noContext,
	},
	{
		pattern: /^unknown (?:shorthand )?flag: (?:'(\w)' in \S+|(\S+))/,
		says: ([flag], {command}) =>
			command?.isKnown
				? messages.stages.causes.otherBuilderFlag(withDash(flag))
				: messages.stages.causes.unknownFlag(withDash(flag)),
	},
	{
		pattern: /flag needs an argument: (?:'(\w)' in \S+|(\S+))/,
		says: ([flag]) => messages.stages.causes.named.noFlagValue(withDash(flag)),
	},
	{
		pattern: /invalid (?:argument|tag) "([^"]*)"(?: for "-t, --tag" flag)?: .*must be lowercase/,
		says: 'upperCaseTag',
	},
	{
		pattern: /invalid (?:argument|tag) "([^"]*)"(?: for "-t, --tag" flag)?: invalid reference format/,
		says: 'invalidTag',
	},
	{pattern: /^invalid argument "([^"]*)" for "(?:-\w, )?(--[\w-]+)" flag/, says: 'invalidFlagValue'},
	{pattern: /"([^"]*)": cannot parse platform specifier/, says: 'invalidPlatform'},
	{pattern: /unable to prepare context: path "([^"]+)" not found/, says: 'noFolder'},
	{pattern: /context must be a directory: (\S+)/, says: 'fileAsContext'},
	{pattern: /failed to get build context (\S+): stat ([^\s:]+)/, says: 'noNamedContext'},
	{pattern: /failed to stat ([^\s:]+): stat/, says: 'noOptionFile'},
	{
		pattern: /'git clone'|error fetching .*repository|unable to access '/,
		says: (_, {command}) =>
			command?.contexts[0] === undefined
				? messages.stages.causes.unnamedRepository
				: messages.stages.causes.repository(quoteWord(command.contexts[0])),
	},
	{
		pattern: /failed to read dockerfile.*is a directory|reading Dockerfile: .*is a directory/,
		says: 'folderAsDockerfile',
	},
	{
		pattern:
			/evaluate symlinks in Dockerfile path|failed to read dockerfile: .*no such file|^resolve : lstat .*no such file/,
		says: (_, {command}) => explainMissingDockerfile(command),
	},
	{pattern: /buildx component is missing or broken/, says: 'noBuildx'},
	{
		pattern: /docker\.sock: connect: permission denied|permission denied while trying to connect/,
		says: 'noPermission',
	},
	{pattern: engineUnreachable, says: 'noEngine'},
	{pattern: /error reading from server: EOF/, says: 'engineEnded'},
];

/** Adds the dash to a short flag, which the CLI prints without it: `-x`. */
const withDash = (flag: string): string => (flag.length === 1 ? `-${flag}` : flag);

const explainMissingDockerfile = (command: BuildCommand | null): string => {
	const {file = null, contexts: [context = '.'] = []} = command ?? {};
	if (file === null) return messages.stages.causes.noDockerfile;
	const inContext = path.posix.join(context, file);
	return path.isAbsolute(file) || inContext === path.posix.normalize(file)
		? messages.stages.causes.noNamedDockerfile(file)
		: messages.stages.causes.noDockerfileBeside(file, inContext);
};

const quoteWord = (word: string): string => (word.includes(' ') ? word : `\`${word}\``);

/**
 * Explains in one sentence why a build probably failed, from the errors of CLI 20.10 to 28. The engine's errors take
 * precedence over a command's output. Null if the build did not fail, or if no cause is certain.
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
