import {engineUnreachable} from '../docker/error-patterns.js';
import {messages} from '../messages/index.js';
import type {RunFact} from './model.js';

type CommandOutput = Pick<RunFact, 'exitCode' | 'stderr' | 'stdout'>;

/** What failing commands print, by what it means. A group catches what the meaning names. */
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

/** The first entry of a table that a text matches, and what its groups caught. */
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
 * Explains in one or two sentences why a typed command has probably failed. Null when it has not failed, or when its
 * output does not say why. `address`: where the engine's published ports are reached.
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
		return next === null ? reason : messages.checks.failedCommands.withNext(reason, next);
	}
	const cause = findMatch(causes, `${stderr}\n${stdout}`);
	return cause && messages.checks.failedCommands.causes[cause.key](cause.found);
};

/** Why curl gets no answer although the container may answer: it asked a proxy, or not the engine's address. */
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

/** Those that curl heeds: not `HTTP_PROXY`, which a web server's visitors could set. */
const proxyVariables = ['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * What Docker said when it refused a `docker run`, and what it means. `next`: null when Docker's words are all there
 * is to say.
 */
export const explainRefusal = (stderr: string): {reason: string; next: string | null} => {
	const quote = quoteDocker(stderr);
	const refusal = findMatch(refusals, stderr);
	return refusal
		? messages.checks.failedCommands.refusals[refusal.key](quote, refusal.found)
		: {reason: messages.checks.failedCommands.refused(quote), next: null};
};

/** The sentence that carries the cause, without the advice around it. */
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

/** A variable that makes docker commands fail: in one sentence, and what to do. */
type EnvironmentProblem = {reason: string; next: string};

type Setting = {
	name: keyof typeof messages.checks.failedCommands.settings;
	/** Whether it can do harm with this value. */
	harms(value: string): boolean;
	/** It does harm whatever the engine is. */
	isUniversal: boolean;
	/** What commands print that have failed because of it. */
	words: RegExp;
};

const settings: Setting[] = [
	{
		name: 'DOCKER_CONTENT_TRUST',
		// The CLI takes what is neither yes nor no for a yes.
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

/** A variable that makes the workshop fail, whatever the engine is; null when there is none. */
export const findEnvironmentProblem = (environment: Record<string, string>): EnvironmentProblem | null =>
	findSetting(environment, ({isUniversal}) => isUniversal);

/** The variable that made a docker command fail, judged by its output; null when none did. */
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

/** buildx notes each use of a builder in its own folder, which may belong to root or be mounted read-only. */
const explainBuildx = (output: string): EnvironmentProblem | null => {
	const words =
		/ERROR: (?:[\w ]+: )?((?:mkdir|open) \S+: (?:not a directory|permission denied|read-only file system))/.exec(
			output,
		)?.[1];
	return words === undefined ? null : messages.checks.failedCommands.buildxFolder(words);
};
