import {messages} from '../../messages/index.js';
import {
	builtStages,
	readShellRun,
	replaceInstruction,
	type ShellRun,
	splitCommands,
} from './edit-dockerfile.js';
import {type PackageManager, packageManagers} from './package-managers.js';
import type {Rule} from './suggestion.js';

/** A package manager downloads or compiles all of it again whenever one package, or one file, has changed. */
export const mountCaches: Rule = {
	name: 'mount-caches',
	suggest: project =>
		builtStages(project.graph).flatMap(stage => {
			const isRoot = !stage.instructions.some(({keyword}) => keyword === 'USER');
			const runs = isRoot ? stage.instructions.flatMap(one => readShellRun(one) ?? []) : [];
			return runs.flatMap(run =>
				packageManagers
					.filter(manager => isCacheMissing(run, manager))
					.map(manager => ({
						dockerfile: replaceInstruction(project.dockerfile, run, ...withMounts(run, manager)),
						ignore: project.ignore,
						line: run.line,
						says: messages.explain.suggestions.mounts.says(manager.name, manager.caches),
						because: messages.explain.suggestions.mounts.because,
					})),
			);
		}),
};

const isCacheMissing = ({flags, command}: ShellRun, {usesCache, caches}: PackageManager): boolean =>
	splitCommands(command).some(part => usesCache.test(part)) &&
	!caches.some(cache => flags.includes(cache)) &&
	!flags.includes('--network=none');

/** With the cache in a mount, leaving it out of the layer is not needed, and would make it useless. */
const withMounts = ({flags, command}: ShellRun, {caches}: PackageManager): string[] => {
	const mounts = caches.map(cache => `--mount=type=cache,target=${cache}`);
	const kept = splitCommands(command)
		.join(' && ')
		.replace(/ +--no-cache(?:-dir)?\b/g, '')
		.replace(/ *&& *npm cache clean --force\b/g, '');
	return [`RUN ${flags}${mounts.join(' \\\n    ')} \\\n    ${kept}`];
};
