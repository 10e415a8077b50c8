import type {CheckDeclaration} from '../../checks/model.js';
import type {Place} from '../problems.js';

/** What lint asks of those who know Dockerfiles, command lines and checks. */
export type LintTools = {
	readDockerfile(text: string): {
		problems: Array<Place & {message: string}>;
		/** Names of its stages; the last one's number too, `final` when it has no name. */
		stages: string[];
		/** The images that it starts from, with the line of each `FROM`. */
		images: Array<{image: string; line: number}>;
	};
	/** What a `docker build` builds, relative to the lab folder; null for another command. */
	planBuild(command: string): {dockerfile: string; target: string | undefined; tags: string[]} | null;
	/**
	 * Why clean-up could not remove what a command makes, as the end of a sentence that begins with the command; null
	 * when it can. `words`: the command, split.
	 */
	untraceable(words: string[]): string | null;
	/** A command line as the words that are run. */
	splitCommand(command: string): string[];
	/** Whether checks pass in a lab folder where nothing was done; `read` gives its files. */
	passesAtStart(checks: CheckDeclaration[], read: (path: string) => string | null): boolean;
	/** An image with its tag. */
	imageName(image: string): string;
};
