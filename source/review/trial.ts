import type {Builder} from '../stages/model.js';

/** What answers a question: files, commands that use them, and what to look at afterwards. Nothing has run yet. */
export type Trial = {
	builder: Builder;
	/** The files in the folder where the commands run, by path. */
	files: Record<string, string>;
	/** One after the other, until one fails. `changes`: files to write before. */
	commands: Array<{argv: string[]; changes?: Record<string, string>}>;
	/** The image to look into, and the paths to look for in it; null if no image matters. */
	look: {image: string; paths: string[]} | null;
};

/** Why a command failed. */
export type TrialFailure =
	/** The Docker CLI rejects the command. */
	| 'refused'
	| 'no-context'
	| 'no-dockerfile'
	/** `--target` names no stage. */
	| 'no-target'
	/** `FROM` or `COPY --from` names neither a stage nor an image that can be had. */
	| 'no-image'
	/** `COPY` finds no such file. */
	| 'no-file'
	/** `RUN` in an image without a shell. */
	| 'no-shell'
	/** The command of a `RUN` fails. */
	| 'command-failed'
	| 'other';

/** What came of a trial, on an engine or in the simulation. */
export type Observation = {
	/** Why the last command failed; null if all succeeded. */
	failure: TrialFailure | null;
	/** The stages of the last build that ran or came from the cache, in Dockerfile order. */
	stages: string[];
	/** The line of the first instruction of the last build that did not come from the cache, from 1; null if all did. */
	firstRun: number | null;
	/** Which of the paths are in the image; null if there is no such image. */
	paths: string[] | null;
	/** The verdict of `port-chain` on the container that was started; null if none was. */
	port: {finding: string; reason: string; hostPort: number | null} | null;
	/** Why the result can't be known without an engine, in a sentence; null if it is known. */
	unclear: string | null;
};

/** What is observed before anything has run. */
export const nothingObserved: Observation = {
	failure: null,
	stages: [],
	firstRun: null,
	paths: null,
	port: null,
	unclear: null,
};
