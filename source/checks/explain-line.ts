import {explainRefusal} from './explain-refusal.js';
import type {RunFact} from './model.js';

/** What a command usually says, and what that means. `$1` is what it says in brackets of the pattern. */
const causes: Array<{pattern: RegExp; means: string}> = [
	{
		pattern: /permission denied while trying to connect|Cannot connect to the Docker daemon/,
		means: 'The engine can’t be reached: see what `multistage-workshop doctor` finds.',
	},
	{
		pattern:
			/(?:docker: '|unknown command: docker )([\w-]+)'? ?(?:is not a docker command)?|unknown command: "docker ([\w-]+)"/,
		means: 'Docker has no command $1: look at its spelling, or at `docker --help`.',
	},
	{
		pattern: /([\w.+/-]+): (?:command )?not found$|command not found: (\S+)$/m,
		means: 'There is no program $1 on this machine: look at its spelling.',
	},
	{
		pattern: /(?:The term )?'([^']+)' is not recognized as/,
		means: 'There is no program $1 on this machine: look at its spelling.',
	},
	{
		pattern: /No such container: (\S+)/,
		means: 'There is no container $1: `docker ps -a` lists those there are.',
	},
	{pattern: /No such image: (\S+)/, means: 'There is no image $1: `docker image ls` lists those there are.'},
	{pattern: /No such object: (\S+)/, means: 'There is neither a container nor an image $1.'},
	{
		pattern: /unknown (?:shorthand )?flag: (.+?)\.?$/m,
		means: 'The command knows no option $1: `--help` behind it lists those that it knows.',
	},
	{
		pattern: /requires (?:at least|exactly|at most)? ?\d+ arguments?/,
		means: 'There is a word too few or too many: `--help` behind the command tells what belongs there.',
	},
	{pattern: /the input device is not a TTY/, means: 'With `-t` it needs a terminal, and here it had none.'},
	{
		pattern: /(?:unterminated quoted string|unexpected EOF while looking|unmatched ["'])/i,
		means: 'A quotation mark has no second one.',
	},
	{
		pattern: /syntax error/i,
		means: 'The shell can’t read this line: look at its brackets, quotes and signs.',
	},
	{
		pattern: /(?:cannot access|can't open|can't cd to) '?([^':]+)'?|([^\s:]+): No such file or directory/,
		means: 'There is no file or folder $1 where the command ran.',
	},
	{
		pattern: /(?:Connection refused|Failed to connect to) ?(\S+)?/,
		means: 'Nothing listens there: `docker ps` shows which ports are published.',
	},
];

/**
 * Why a typed command that has failed usually does so, in one sentence or two; null when it has not failed, or when its
 * words say nothing of the kind.
 */
export const explainLine = (
	{exitCode, stderr, stdout}: Pick<RunFact, 'exitCode' | 'stderr' | 'stdout'>,
	{isDockerRun, address, environment}: LineSurroundings,
): string | null => {
	if (exitCode === 0 || exitCode === null) return null;
	const asked = explainAsking(stderr, {address, environment});
	if (asked !== null) return asked;
	if (exitCode === 125 && isDockerRun) {
		const {reason, next} = explainRefusal(stderr);
		return next === null ? reason : `${reason} Next: ${next}.`;
	}
	const said = `${stderr}\n${stdout}`;
	for (const {pattern, means} of causes) {
		const match = pattern.exec(said);
		if (match) return means.replace('$1', match.slice(1).find(group => group !== undefined) ?? '');
	}
	return null;
};

type LineSurroundings = {
	isDockerRun: boolean;
	/** Where the engine's published ports are reached. */
	address: string;
	environment: Record<string, string>;
};

/** Why a curl gets nowhere although the container may answer: what it asked is a proxy, or not the engine's address. */
const explainAsking = (
	stderr: string,
	{address, environment}: Pick<LineSurroundings, 'address' | 'environment'>,
): string | null => {
	const [, host = '', port = ''] = /^curl: \(\d+\) Failed to connect to (\S+) port (\d+)/m.exec(stderr) ?? [];
	if (host === '') return null;
	const proxy = proxies.find(name => environment[name]?.includes(`${host}:${port}`));
	if (proxy !== undefined)
		return `curl asked the proxy that \`${proxy}\` names, ${host}:${port}, and not the container: add \`--noproxy '*'\` to it.`;
	return address !== '127.0.0.1' && ['localhost', '127.0.0.1', '::1'].includes(host)
		? `The engine’s published ports are not at ${host} but at ${address}: ask \`curl ${address}:${port}\`.`
		: null;
};

/** Those that curl heeds: not `HTTP_PROXY`, which a web server's visitors could set. */
const proxies = ['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
