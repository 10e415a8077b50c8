import {engineUnreachable} from '../docker/error-patterns.js';
import {messages} from '../messages/index.js';
import type {RunFact} from './model.js';

type CommandOutput = Pick<RunFact, 'exitCode' | 'stderr' | 'stdout'>;

/** Patterns in the output of failed commands, by cause. Their groups capture the name that the message mentions. */
const causes: Record<keyof typeof messages.checks.failedCommands.causes, RegExp> = {
	engineUnreachable,
	noDockerCommand:
		/(?:docker: '|unknown command: docker )([\w-]+)'? ?(?:is not a docker command)?|unknown command: "docker ([\w-]+)"/,
	noProgram:
		/([\w.+/-]+): (?:command )?not found$|command not found: (\S+)$|(?:The term )?'([^']+)' is not recognized as/m,
	noContainer: /No such container: (\S+)/,
	noImage: /No such image: (\S+)/,
	noObject: /No such object: (\S+)/,
	unknownFlag: /unknown (?:shorthand )?flag: (.+?)\.?$/m,
	argumentCount: /requires (?:at least|exactly|at most)? ?\d+ arguments?/,
	noTerminal: /the input device is not a TTY/,
	openQuote: /(?:unterminated quoted string|unexpected EOF while looking|unmatched ["'])/i,
	syntax: /syntax error/i,
	noFile: /(?:cannot access|can't open|can't cd to) '?([^':]+)'?|([^\s:]+): No such file or directory/,
	nothingListens: /(?:Connection refused|Failed to connect to) ?(\S+)?/,
};

/** Returns the first entry whose pattern matches, with its first capture; null if none does. */
const findMatch = <Key extends string>(
	table: Record<Key, RegExp>,
	text: string,
): {key: Key; found: string} | null => {
	for (const key in table) {
		const match = table[key].exec(text);
		if (match) return {key, found: match.slice(1).find(group => group !== undefined) ?? ''};
	}
	return null;
};

/**
 * Explains in one or two sentences why a command probably failed. Null if it did not fail, or if its output does not
 * show why. `address`: where the engine's published ports can be reached.
 */
export const explainFailedCommand = (
	{exitCode, stderr, stdout}: CommandOutput,
	{
		isDockerRun,
		address,
		environment,
	}: {isDockerRun: boolean; address: string; environment: Record<string, string>},
): string | null => {
	if (exitCode === 0 || exitCode === null) return null;
	const failedRequest = explainFailedRequest(stderr, address, environment);
	if (failedRequest !== null) return failedRequest;
	if (exitCode === 125 && isDockerRun) {
		const {reason, next} = explainRefusal(stderr);
		return next === null ? reason : messages.text.withNext(reason, next);
	}
	const cause = findMatch(causes, `${stderr}\n${stdout}`);
	return cause && messages.checks.failedCommands.causes[cause.key](cause.found);
};

/** Explains a curl request that went to a proxy or to localhost, not to the engine; null for any other failure. */
const explainFailedRequest = (
	stderr: string,
	address: string,
	environment: Record<string, string>,
): string | null => {
	const [, host = '', port = ''] = /^curl: \(\d+\) Failed to connect to (\S+) port (\d+)/m.exec(stderr) ?? [];
	if (host === '') return null;
	const proxy = proxyVariables.find(name => environment[name]?.includes(`${host}:${port}`));
	if (proxy !== undefined) return messages.checks.failedCommands.askedProxy(proxy, `${host}:${port}`);
	return address !== '127.0.0.1' && ['localhost', '127.0.0.1', '::1'].includes(host)
		? messages.checks.failedCommands.portsElsewhere(host, address, port)
		: null;
};

/** The variables that curl reads; not `HTTP_PROXY`, which the visitors of a web server could set. */
const proxyVariables = ['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * Returns what Docker said when it refused a `docker run`, and what that means. `next`: null if Docker's words are all
 * there is to say.
 */
export const explainRefusal = (stderr: string): {reason: string; next: string | null} => {
	const quote = quoteDocker(stderr);
	const refusal = findMatch(refusals, stderr);
	return refusal
		? messages.checks.failedCommands.refusals[refusal.key](quote, refusal.found)
		: {reason: messages.checks.failedCommands.refused(quote), next: null};
};

/** Returns the sentence that states the cause, without the advice around it. */
const quoteDocker = (stderr: string): string => {
	const lines = stderr
		.split('\n')
		.map(line => line.trim())
		.filter(line => line && !/^(?:See|Run) '|^Unable to find image|^WARNING/.test(line));
	const line = lines.find(one => /^docker:|^unknown|^invalid|^Error/.test(one)) ?? lines.at(-1) ?? '';
	const bare = line.replace(/^docker: /, '').replace(/^Error response from daemon: /, '');
	return (bare.length > 160 ? `${bare.slice(0, 159)}…` : bare).replace(/\.$/, '');
};

const refusals: Record<keyof typeof messages.checks.failedCommands.refusals, RegExp> = {
	// `docker run -port 5000 whoami`: Docker reads `-p ort`.
	flagBeforeImage:
		/Invalid containerPort: ort|unknown shorthand flag: '.' in -?p?ort|unknown flag: --port\b/i,
	invalidPort: /Invalid (?:hostPort|containerPort|port format)[^:]*: ?"?([^\s"]*?)"?\.?$/im,
	nameTaken: /container name "\/?([^"]+)" is already in use/,
	portTaken: /port is already allocated|address already in use/,
	noImage: /Unable to find image '([^']+)' locally/,
	invalidReference: /invalid reference format/,
	unknownFlag: /unknown (?:shorthand )?flag: (.+?)\.?$/m,
	engineUnreachable,
};

/** Why docker commands fail in this environment, in one sentence, and what to do. */
type EnvironmentProblem = {reason: string; next: string};

type Setting = {
	name: keyof typeof messages.checks.failedCommands.settings;
	/** Whether this value does harm. */
	harms(value: string): boolean;
	/** Whether it does harm with any engine. */
	isUniversal: boolean;
	/** What commands print when they fail because of it. */
	words: RegExp;
};

const settings: Setting[] = [
	{
		name: 'DOCKER_CONTENT_TRUST',
		// The CLI reads any value that is not a boolean as true.
		harms: value => !/^(?:0|f|false)$/i.test(value),
		isUniversal: true,
		words: /notary|trust data|content trust/i,
	},
	{
		name: 'SOURCE_DATE_EPOCH',
		harms: value => !/^-?\d+$/.test(value),
		isUniversal: true,
		words: /SOURCE_DATE_EPOCH/,
	},
	{
		name: 'DOCKER_DEFAULT_PLATFORM',
		harms: () => true,
		isUniversal: false,
		words:
			/registry|Unable to find image|platform|unknown operating system or architecture|exec format error|dial tcp/i,
	},
];

/** Finds a variable that makes the workshop fail with any engine; null if there is none. */
export const findEnvironmentProblem = (environment: Record<string, string>): EnvironmentProblem | null =>
	findSetting(environment, ({isUniversal}) => isUniversal);

/** Finds what in the environment made a docker command fail, judging by its output; null if nothing did. */
export const explainEnvironment = (
	{exitCode, stdout, stderr}: CommandOutput,
	environment: Record<string, string>,
): EnvironmentProblem | null => {
	if (exitCode === 0 || exitCode === null) return null;
	const output = `${stderr}\n${stdout}`;
	return findSetting(environment, ({words}) => words.test(output)) ?? explainBuildx(output);
};

const findSetting = (
	environment: Record<string, string>,
	isMeant: (setting: Setting) => boolean,
): EnvironmentProblem | null => {
	for (const setting of settings) {
		const value = environment[setting.name];
		if (value && setting.harms(value) && isMeant(setting))
			return messages.checks.failedCommands.settings[setting.name](value);
	}
	return null;
};

/** Explains that buildx can't record its use of a builder: its own folder may belong to root, or be read-only. */
const explainBuildx = (output: string): EnvironmentProblem | null => {
	const words =
		/ERROR: (?:[\w ]+: )?((?:mkdir|open) \S+: (?:not a directory|permission denied|read-only file system))/.exec(
			output,
		)?.[1];
	return words === undefined ? null : messages.checks.failedCommands.buildxFolder(words);
};
