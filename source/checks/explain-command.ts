import type {RunFact} from './model.js';

type CommandOutput = Pick<RunFact, 'exitCode' | 'stderr' | 'stdout'>;

/** What failing commands print, and what that means. `$1` is the first group of the pattern that matched. */
const lineCauses: Array<{pattern: RegExp; meaning: string}> = [
	{
		pattern: /permission denied while trying to connect|Cannot connect to the Docker daemon/,
		meaning: 'The engine can’t be reached: see what `multistage-workshop doctor` finds.',
	},
	{
		pattern:
			/(?:docker: '|unknown command: docker )([\w-]+)'? ?(?:is not a docker command)?|unknown command: "docker ([\w-]+)"/,
		meaning: 'Docker has no command $1: look at its spelling, or at `docker --help`.',
	},
	{
		pattern:
			/([\w.+/-]+): (?:command )?not found$|command not found: (\S+)$|(?:The term )?'([^']+)' is not recognized as/m,
		meaning: 'There is no program $1 on this machine: look at its spelling.',
	},
	{
		pattern: /No such container: (\S+)/,
		meaning: 'There is no container $1: `docker ps -a` lists those there are.',
	},
	{
		pattern: /No such image: (\S+)/,
		meaning: 'There is no image $1: `docker image ls` lists those there are.',
	},
	{pattern: /No such object: (\S+)/, meaning: 'There is neither a container nor an image $1.'},
	{
		pattern: /unknown (?:shorthand )?flag: (.+?)\.?$/m,
		meaning: 'The command knows no option $1: `--help` behind it lists those that it knows.',
	},
	{
		pattern: /requires (?:at least|exactly|at most)? ?\d+ arguments?/,
		meaning: 'There is a word too few or too many: `--help` behind the command tells what belongs there.',
	},
	{pattern: /the input device is not a TTY/, meaning: 'With `-t` it needs a terminal, and here it had none.'},
	{
		pattern: /(?:unterminated quoted string|unexpected EOF while looking|unmatched ["'])/i,
		meaning: 'A quotation mark has no second one.',
	},
	{
		pattern: /syntax error/i,
		meaning: 'The shell can’t read this line: look at its brackets, quotes and signs.',
	},
	{
		pattern: /(?:cannot access|can't open|can't cd to) '?([^':]+)'?|([^\s:]+): No such file or directory/,
		meaning: 'There is no file or folder $1 where the command ran.',
	},
	{
		pattern: /(?:Connection refused|Failed to connect to) ?(\S+)?/,
		meaning: 'Nothing listens there: `docker ps` shows which ports are published.',
	},
];

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
		return next === null ? reason : `${reason} Next: ${next}.`;
	}
	const output = `${stderr}\n${stdout}`;
	for (const {pattern, meaning} of lineCauses) {
		const match = pattern.exec(output);
		if (match) return meaning.replace('$1', match.slice(1).find(group => group !== undefined) ?? '');
	}
	return null;
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
	if (proxy !== undefined)
		return `curl asked the proxy that \`${proxy}\` names, ${host}:${port}, and not the container: add \`--noproxy '*'\` to it.`;
	return address !== '127.0.0.1' && ['localhost', '127.0.0.1', '::1'].includes(host)
		? `The engine’s published ports are not at ${host} but at ${address}: ask \`curl ${address}:${port}\`.`
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
	for (const {pattern, meaning, next} of refusals) {
		const match = pattern.exec(stderr);
		if (!match) continue;
		const fill = (text: string): string => text.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? '');
		return {reason: `Docker refused the run: "${quote}", because ${fill(meaning)}.`, next: fill(next)};
	}
	return {reason: `Docker refused the run: "${quote}".`, next: null};
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

const refusals: Array<{pattern: RegExp; meaning: string; next: string}> = [
	{
		// `docker run -port 5000 whoami`: Docker reads `-p ort`.
		pattern: /Invalid containerPort: ort|unknown shorthand flag: '.' in -?p?ort|unknown flag: --port\b/i,
		meaning: '`-port` stands before the image name, where flags are Docker’s own',
		next: 'put what is meant for whoami behind the image name: `docker run … whoami -port 5000`',
	},
	{
		pattern: /Invalid (?:hostPort|containerPort|port format)[^:]*: ?"?([^\s"]*?)"?\.?$/im,
		meaning: '`$1` is no port; ports go from 1 to 65535',
		next: 'publish with `-p <host port>:<container port>`, both numbers',
	},
	{
		pattern: /container name "\/?([^"]+)" is already in use/,
		meaning: 'another container has the name $1',
		next: 'take another name, or remove that container with `docker rm -f $1`',
	},
	{
		pattern: /port is already allocated|address already in use/,
		meaning: 'something else has that host port',
		next: 'take another host port',
	},
	{
		pattern: /Unable to find image '([^']+)' locally/,
		meaning: 'there is no image $1 on this engine and none could be pulled',
		next: 'see what the images are called with `docker image ls`',
	},
	{
		pattern: /invalid reference format/,
		meaning: 'what stands where the image name belongs is none',
		next: 'look at what comes before the image name, and at its spelling: lower case, no spaces',
	},
	{
		pattern: /unknown (?:shorthand )?flag: (.+?)\.?$/m,
		meaning: 'Docker knows no flag $1',
		next: 'see the flags with `docker run --help`; what is meant for whoami goes behind the image name',
	},
	{
		pattern: /permission denied while trying to connect|Cannot connect to the Docker daemon/,
		meaning: 'the engine can’t be reached',
		next: 'see what `multistage-workshop doctor` finds',
	},
];

/** A variable that makes docker commands fail: in one sentence, and what to do. */
type EnvironmentProblem = {reason: string; next: string};

type Setting = {
	name: string;
	/** Whether it can do harm with this value. */
	harms(value: string): boolean;
	/** It does harm whatever the engine is. */
	isUniversal: boolean;
	meaning: string;
	/** What commands print that have failed because of it. */
	words: RegExp;
};

const settings: Setting[] = [
	{
		name: 'DOCKER_CONTENT_TRUST',
		// The CLI takes what is neither yes nor no for a yes.
		harms: value => !/^(?:0|f|false)$/i.test(value),
		isUniversal: true,
		meaning:
			'with it, the docker command uses signed images only, and what you build in the workshop is not signed',
		words: /notary|trust data|content trust/i,
	},
	{
		name: 'SOURCE_DATE_EPOCH',
		harms: value => !/^-?\d+$/.test(value),
		isUniversal: true,
		meaning: 'BuildKit takes nothing but a number of seconds',
		words: /SOURCE_DATE_EPOCH/,
	},
	{
		name: 'DOCKER_DEFAULT_PLATFORM',
		harms: () => true,
		isUniversal: false,
		meaning: 'images for this platform are looked for, whatever platform the engine has itself',
		words:
			/registry|Unable to find image|platform|unknown operating system or architecture|exec format error|dial tcp/i,
	},
];

/** A variable that makes the workshop fail, whatever the engine is; null when there is none. */
export const findEnvironmentProblem = (environment: Record<string, string>): EnvironmentProblem | null => {
	const setting = settings.find(
		({name, harms, isUniversal}) => isUniversal && environment[name] && harms(environment[name]),
	);
	return setting ? describeSetting(setting, environment) : null;
};

/** The variable that made a docker command fail, judged by its output; null when none did. */
export const explainEnvironment = (
	{exitCode, stdout, stderr}: CommandOutput,
	environment: Record<string, string>,
): EnvironmentProblem | null => {
	if (exitCode === 0 || exitCode === null) return null;
	const output = `${stderr}\n${stdout}`;
	const setting = settings.find(
		({name, harms, words}) => environment[name] && harms(environment[name]) && words.test(output),
	);
	return setting ? describeSetting(setting, environment) : explainBuildx(output);
};

/** buildx notes each use of a builder in its own folder, which may belong to root or be mounted read-only. */
const explainBuildx = (output: string): EnvironmentProblem | null => {
	const words =
		/ERROR: (?:[\w ]+: )?((?:mkdir|open) \S+: (?:not a directory|permission denied|read-only file system))/.exec(
			output,
		)?.[1];
	return words === undefined
		? null
		: {
				reason: `buildx can’t write to the folder of its settings: ${words}.`,
				next: 'set `BUILDX_CONFIG` to a folder that you may write to, then start the workshop again',
			};
};

const describeSetting = (
	{name, meaning}: Setting,
	environment: Record<string, string>,
): EnvironmentProblem => ({
	reason: `\`${name}\` is set to ${environment[name]}: ${meaning}.`,
	next: `\`unset ${name}\`, then start the workshop again`,
});
