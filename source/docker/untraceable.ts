import type {DockerCommand} from './command.js';
import {readMakes} from './makes.js';

/** Verbs that look, or change and remove what is there already: clean-up has nothing to do after them. */
const leavesNothing = new Set([
	...[
		'',
		'attach',
		'diff',
		'events',
		'exec',
		'help',
		'history',
		'info',
		'inspect',
		'kill',
		'logs',
		'pause',
		'port',
	],
	...[
		'ps',
		'restart',
		'rm',
		'search',
		'start',
		'stats',
		'stop',
		'top',
		'unpause',
		'update',
		'version',
		'wait',
	],
	...[
		'builder prune',
		'buildx du',
		'buildx inspect',
		'buildx ls',
		'buildx prune',
		'buildx version',
		'buildx',
	],
	...[
		'builder',
		'container',
		'container inspect',
		'container prune',
		'context',
		'context inspect',
		'context ls',
	],
	...['context show', 'image', 'image inspect', 'image ls', 'image prune', 'image rm', 'manifest inspect'],
	...['network', 'network connect', 'network disconnect', 'network inspect', 'network ls', 'network prune'],
	...['network rm', 'system', 'system df', 'system events', 'system info', 'system prune', 'trust inspect'],
	...[
		'volume',
		'volume inspect',
		'volume ls',
		'volume prune',
		'volume rm',
		'compose config',
		'compose version',
	],
	...['buildx imagetools', 'buildx history', 'rename'],
]);

/** Verbs whose things the ledger notes. */
const traced = new Set([
	...['build', 'buildx bake', 'commit', 'cp', 'create', 'export', 'import', 'load', 'network create', 'pull'],
	...['run', 'save', 'tag', 'volume create'],
]);

/**
 * Why clean-up could not remove what a shipped command makes, as the end of a sentence that begins with the command;
 * null when it can, or when the command leaves nothing.
 */
export const untraceable = (command: DockerCommand): string | null => {
	const {verb, flags} = command;
	if (command.namesEngine) {
		return 'names the engine itself: a workshop runs on the engine of the learner, and clean-up looks nowhere else';
	}
	if (
		flags.isOn('push') ||
		flags.all('output').some(value => /\btype=registry\b|\bpush=true\b/.test(value))
	) {
		return 'pushes to a registry, from which clean-up removes nothing';
	}
	if (verb === 'pull' && flags.isOn('all-tags')) {
		return 'pulls images whose names it does not say, so clean-up can’t know them: name the one that you need';
	}
	if (flags.last('cidfile') !== null) {
		return 'has a `--cidfile`, which the program needs itself to know the container';
	}
	const {files, mounts} = readMakes(command);
	const outside = files.find(isOutside);
	if (outside !== undefined) {
		return `writes to \`${outside}\`, outside of the lab folder, where clean-up removes nothing`;
	}
	const mounted = mounts.find(mount => !mount.endsWith('.sock'));
	if (mounted !== undefined) {
		return `lets its container write to \`${mounted}\`, where clean-up can’t tell that from the learner’s files: add \`:ro\`, or use a named volume`;
	}
	if (leavesNothing.has(verb) || traced.has(verb)) return null;
	return `may make things that clean-up does not know, so \`docker ${verb}\` is not for workshops`;
};

/** Commands run in the lab folder: what is absolute, at home or above it lies outside. */
const isOutside = (file: string): boolean =>
	/^(?:[\\/~]|[A-Za-z]:[\\/])/.test(file) || file.split(/[\\/]/).reduce(descend, 0) < 0;

/** How far below the lab folder a path is; below zero once it has been above it. */
const descend = (depth: number, part: string): number => {
	if (depth < 0 || part === '' || part === '.') return depth;
	return part === '..' ? depth - 1 : depth + 1;
};
