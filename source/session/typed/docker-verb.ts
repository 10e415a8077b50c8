import type {SimpleCommand} from './read-line.js';

/** `docker image build` and the like are what `docker build` is. */
const groups: Record<string, string[]> = {
	image: ['build', 'pull', 'push', 'tag', 'save', 'load', 'import', 'history'],
	container: [
		...['run', 'port', 'ps', 'logs', 'rm', 'start', 'stop', 'restart', 'kill', 'exec', 'attach', 'create'],
		...['rename', 'cp', 'pause', 'unpause', 'wait', 'top', 'stats'],
	],
	buildx: ['build'],
	builder: ['build'],
};

const otherNames: Record<string, string> = {
	images: 'image ls',
	'image list': 'image ls',
	'container ls': 'ps',
	'container list': 'ps',
	'buildx b': 'build',
	rmi: 'image rm',
	'image remove': 'image rm',
};

/** Global options of `docker` that a value follows. */
const globalsWithValue = new Set(['--config', '-c', '--context', '-H', '--host', '-l', '--log-level']);

/**
 * What a docker command does, under one name for all its ways of being written, and the arguments behind it; null for
 * other programs.
 */
export const dockerVerb = ({words}: Pick<SimpleCommand, 'words'>): {verb: string; args: string[]} | null => {
	const [program = '', ...rest] = words[0] === 'sudo' ? words.slice(1) : words;
	if (!/^(?:.*[\\/])?docker(?:\.exe)?$/.test(program)) return null;
	let first = 0;
	while (rest[first]?.startsWith('-')) first += globalsWithValue.has(rest[first] ?? '') ? 2 : 1;
	const [group = '', name = '', ...args] = rest.slice(first);
	const whole = `${group} ${name}`;
	if (otherNames[whole]) return {verb: otherNames[whole], args};
	if (groups[group]?.includes(name)) return {verb: name, args};
	if (['image', 'container', 'volume', 'network', 'system', 'context'].includes(group)) {
		return {verb: whole, args};
	}
	return {verb: otherNames[group] ?? group, args: rest.slice(first + 1)};
};
