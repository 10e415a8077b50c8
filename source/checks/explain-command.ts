import type {RunFact} from './model.js';

/** What a command usually says, and what that means. `$1` is what it says in brackets of the pattern. */
const lineCauses: Array<{pattern: RegExp; options: string}> = [
	{
		pattern: /permission denied while trying to connect|Cannot connect to the Docker daemon/,
		options: 'The engine can’t be reached: see what `multistage-workshop doctor` finds.',
	},
	{
		pattern:
			/(?:docker: '|unknown command: docker )([\w-]+)'? ?(?:is not a docker command)?|unknown command: "docker ([\w-]+)"/,
		options: 'Docker has no command $1: look at its spelling, or at `docker --help`.',
	},
	{
		pattern: /([\w.+/-]+): (?:command )?not found$|command not found: (\S+)$/m,
		options: 'There is no program $1 on this machine: look at its spelling.',
	},
	{
		pattern: /(?:The term )?'([^']+)' is not recognized as/,
		options: 'There is no program $1 on this machine: look at its spelling.',
	},
	{
		pattern: /No such container: (\S+)/,
		options: 'There is no container $1: `docker ps -a` lists those there are.',
	},
	{
		pattern: /No such image: (\S+)/,
		options: 'There is no image $1: `docker image ls` lists those there are.',
	},
	{pattern: /No such object: (\S+)/, options: 'There is neither a container nor an image $1.'},
	{
		pattern: /unknown (?:shorthand )?flag: (.+?)\.?$/m,
		options: 'The command knows no option $1: `--help` behind it lists those that it knows.',
	},
	{
		pattern: /requires (?:at least|exactly|at most)? ?\d+ arguments?/,
		options: 'There is a word too few or too many: `--help` behind the command tells what belongs there.',
	},
	{pattern: /the input device is not a TTY/, options: 'With `-t` it needs a terminal, and here it had none.'},
	{
		pattern: /(?:unterminated quoted string|unexpected EOF while looking|unmatched ["'])/i,
		options: 'A quotation mark has no second one.',
	},
	{
		pattern: /syntax error/i,
		options: 'The shell can’t read this line: look at its brackets, quotes and signs.',
	},
	{
		pattern: /(?:cannot access|can't open|can't cd to) '?([^':]+)'?|([^\s:]+): No such file or directory/,
		options: 'There is no file or folder $1 where the command ran.',
	},
	{
		pattern: /(?:Connection refused|Failed to connect to) ?(\S+)?/,
		options: 'Nothing listens there: `docker ps` shows which ports are published.',
	},
];

/**
 * Why a typed command that has failed usually does so, in one sentence or two; null when it has not failed, or when its
 * words say nothing of the kind.
 */
export const explainFailedCommand = (
	{exitCode, stderr, stdout}: Pick<RunFact, 'exitCode' | 'stderr' | 'stdout'>,
	{isDockerRun, address, environment}: CommandContext,
): string | null => {
	if (exitCode === 0 || exitCode === null) return null;
	const asked = explainFailedRequest(stderr, {address, environment});
	if (asked !== null) return asked;
	if (exitCode === 125 && isDockerRun) {
		const {reason, next} = explainRefusal(stderr);
		return next === null ? reason : `${reason} Next: ${next}.`;
	}
	const said = `${stderr}\n${stdout}`;
	for (const {pattern, options} of lineCauses) {
		const match = pattern.exec(said);
		if (match) return options.replace('$1', match.slice(1).find(group => group !== undefined) ?? '');
	}
	return null;
};

type CommandContext = {
	isDockerRun: boolean;
	/** Where the engine's published ports are reached. */
	address: string;
	environment: Record<string, string>;
};

/** Why a curl gets nowhere although the container may answer: what it asked is a proxy, or not the engine's address. */
const explainFailedRequest = (
	stderr: string,
	{address, environment}: Pick<CommandContext, 'address' | 'environment'>,
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
	const said = quoteDocker(stderr);
	for (const {pattern, options, next} of refusals) {
		const match = pattern.exec(stderr);
		if (!match) continue;
		const fill = (text: string): string => text.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? '');
		return {reason: `Docker refused the run: "${said}", because ${fill(options)}.`, next: fill(next)};
	}
	return {reason: `Docker refused the run: "${said}".`, next: null};
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

const refusals: Array<{pattern: RegExp; options: string; next: string}> = [
	{
		// `docker run -port 5000 whoami`: Docker reads `-p ort`.
		pattern: /Invalid containerPort: ort|unknown shorthand flag: '.' in -?p?ort|unknown flag: --port\b/i,
		options: '`-port` stands before the image name, where flags are Docker’s own',
		next: 'put what is meant for whoami behind the image name: `docker run … whoami -port 5000`',
	},
	{
		pattern: /Invalid (?:hostPort|containerPort|port format)[^:]*: ?"?([^\s"]*?)"?\.?$/im,
		options: '`$1` is no port; ports go from 1 to 65535',
		next: 'publish with `-p <host port>:<container port>`, both numbers',
	},
	{
		pattern: /container name "\/?([^"]+)" is already in use/,
		options: 'another container has the name $1',
		next: 'take another name, or remove that container with `docker rm -f $1`',
	},
	{
		pattern: /port is already allocated|address already in use/,
		options: 'something else has that host port',
		next: 'take another host port',
	},
	{
		pattern: /Unable to find image '([^']+)' locally/,
		options: 'there is no image $1 on this engine and none could be pulled',
		next: 'see what the images are called with `docker image ls`',
	},
	{
		pattern: /invalid reference format/,
		options: 'what stands where the image name belongs is none',
		next: 'look at what comes before the image name, and at its spelling: lower case, no spaces',
	},
	{
		pattern: /unknown (?:shorthand )?flag: (.+?)\.?$/m,
		options: 'Docker knows no flag $1',
		next: 'see the flags with `docker run --help`; what is meant for whoami goes behind the image name',
	},
	{
		pattern: /permission denied while trying to connect|Cannot connect to the Docker daemon/,
		options: 'the engine can’t be reached',
		next: 'see what `multistage-workshop doctor` finds',
	},
];

/** A variable that stands in the way of docker commands: in one sentence, and what to do. */
export type EnvironmentProblem = {reason: string; next: string};

type Setting = {
	name: string;
	/** Whether it can do harm with this value. */
	harms(value: string): boolean;
	options: string;
	/** How commands word it that have failed by it. */
	words: RegExp;
};

const settings: Setting[] = [
	{
		name: 'DOCKER_CONTENT_TRUST',
		// The CLI takes what is neither yes nor no for a yes.
		harms: value => !/^(?:0|f|false)$/i.test(value),
		options:
			'with it, the docker command uses signed images only, and what you build in the workshop is not signed',
		words: /notary|trust data|content trust/i,
	},
	{
		name: 'SOURCE_DATE_EPOCH',
		harms: value => !/^-?\d+$/.test(value),
		options: 'BuildKit takes nothing but a number of seconds',
		words: /SOURCE_DATE_EPOCH/,
	},
	{
		name: 'DOCKER_DEFAULT_PLATFORM',
		harms: () => true,
		options: 'images for this platform are looked for, whatever platform the engine has itself',
		words:
			/registry|Unable to find image|platform|unknown operating system or architecture|exec format error|dial tcp/i,
	},
];

/** Variables that stand in the way of every way through the workshop, whatever the engine is. */
export const findEnvironmentProblem = (environment: Record<string, string>): EnvironmentProblem | null => {
	const setting = settings
		.filter(({name}) => name === 'DOCKER_CONTENT_TRUST' || name === 'SOURCE_DATE_EPOCH')
		.find(({name, harms}) => environment[name] && harms(environment[name]));
	return setting ? describeSetting(setting, environment) : null;
};

/** The variable by which a docker command has failed, judged by what it said; null when it is none. */
export const explainEnvironment = (
	{exitCode, stdout, stderr}: Pick<RunFact, 'exitCode' | 'stdout' | 'stderr'>,
	environment: Record<string, string>,
): EnvironmentProblem | null => {
	if (exitCode === 0 || exitCode === null) return null;
	const said = `${stderr}\n${stdout}`;
	const setting = settings.find(
		({name, harms, words}) => environment[name] && harms(environment[name]) && words.test(said),
	);
	return setting ? describeSetting(setting, environment) : explainBuildx(said);
};

/** buildx notes each use of a builder in its own folder, which may belong to root or be mounted read-only. */
const explainBuildx = (said: string): EnvironmentProblem | null => {
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

const describeSetting = (
	{name, options}: Setting,
	environment: Record<string, string>,
): EnvironmentProblem => ({
	reason: `\`${name}\` is set to ${environment[name]}: ${options}.`,
	next: `\`unset ${name}\`, then start the workshop again`,
});
