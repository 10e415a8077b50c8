import type {Project, ProjectTexts} from '../project.js';

/** A change of a project that may make its builds faster, or its image smaller. Only a build can tell. */
export type Suggestion = ProjectTexts & {
	/** The name of its rule. */
	rule: string;
	/** The first line of the instruction in the Dockerfile that it is about; null for the `.dockerignore`. */
	line: number | null;
	/** What to change, as a sentence. */
	says: string;
	/** Why that helps, as a sentence. */
	because: string;
};

/** Suggests changes of a project, the most promising first. */
export type Rule = {name: string; suggest(project: Project): Array<Omit<Suggestion, 'rule'>>};
