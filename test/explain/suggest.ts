import {type Project, readProject} from '../../source/explain/project.js';
import {rules} from '../../source/explain/suggestions/rules.js';
import {toEntries} from './foresee-project.js';

/** Reads a project whose files have these paths. */
export const readPaths = (dockerfile: string, paths: string[], ignore = ''): Project =>
	readProject(
		{dockerfile, ignore},
		{buildArgs: new Map(), platforms: []},
		toEntries(Object.fromEntries(paths.map(path => [path, 'text']))).map(({entry}) => entry),
	);

/** What a rule makes of a project, each as its Dockerfile, and the lines that it adds to the `.dockerignore`. */
export const suggest = (rule: string, project: Project): string[] =>
	(rules.find(({name}) => name === rule)?.suggest(project) ?? []).map(({dockerfile, ignore}) =>
		[
			...(dockerfile === project.dockerfile ? [] : [dockerfile]),
			...(ignore === project.ignore ? [] : [ignore]),
		].join('\n'),
	);
