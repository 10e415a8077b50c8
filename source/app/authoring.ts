import parseArgsStringToArgv from 'string-argv';
import {parseDockerCommand} from '../docker/command.js';
import {explainUntraceable} from '../docker/effects.js';
import {normalizeImageName} from '../docker/image-ref.js';
import {planStepBuild} from '../session/plan/run-plan.js';
import {lintDockerfile} from '../stages/dockerfile/lint-dockerfile.js';
import {readFolder, tryRead} from '../storage/files.js';
import {hashFolder} from '../storage/hashes.js';
import {updateLabFiles} from '../storage/lab-folder.js';
import {isEditorFile, watchFolder} from '../storage/watch-folder.js';
import {describeError} from '../text/wording.js';
import {lintWorkshop} from '../workshop/lint/lint-workshop.js';
import type {LintTools} from '../workshop/lint/subject.js';
import type {Workshop} from '../workshop/model.js';
import {parseWorkshop} from '../workshop/parse-workshop.js';
import {formatProblem} from '../workshop/problems.js';
import type {OpenWorkshop} from './open-workshop.js';

/** What a look at the folder of an author finds. */
export type WorkshopSnapshot = {
	/** Null: the files can't be read as they are now. */
	workshop: Workshop | null;
	/** What lint says, a line each. */
	problems: string[];
};

/** A workshop whose author is at work on it. */
export type WatchedWorkshop = ReturnType<typeof watchWorkshop>;

/** Watches the folder of an open workshop. */
export const watchWorkshop = (open: OpenWorkshop) => {
	let files = readHashes(open.folder);
	let tell: (look: WorkshopSnapshot) => void = () => {};
	const take = (workshop: Workshop): void => {
		const now = readHashes(open.folder);
		open.lab.follow(workshop.contexts);
		open.workshop = workshop;
		updateLabFiles({workshop: open.folder, lab: open.lab.path}, files, now);
		files = now;
	};
	const read = (): WorkshopSnapshot => {
		let problems: string[] = [];
		try {
			const entries = readFolder(open.folder).filter(({path}) => !isEditorPath(path));
			problems = lintWorkshop(entries, lintTools).map(formatProblem);
			const {workshop} = parseWorkshop(
				new Map(
					entries.flatMap(({path, text}) => (text === null || path.includes('/') ? [] : [[path, text]])),
				),
			);
			if (workshop) take(workshop);
			return {workshop, problems};
		} catch (error) {
			// A file that goes while it is read, or a context that is not there.
			return {workshop: null, problems: problems.length > 0 ? problems : [describeError(error)]};
		}
	};
	const look = (): WorkshopSnapshot => {
		const seen = read();
		tell(seen);
		return seen;
	};
	return {
		/** Reads the folder, and updates the open workshop if the files can be read. */
		refresh: look,
		/** Looks whenever a file has been saved. `onLook` is called after each look, those from elsewhere too. */
		follow(onLook: (look: WorkshopSnapshot) => void, signal: AbortSignal): void {
			tell = onLook;
			look();
			watchFolder(open.folder, look, signal);
		},
	};
};

/** Files that an editor keeps beside an open file: lint would report them, which doesn't help while you edit. */
const isEditorPath = (path: string): boolean =>
	path
		.split('/')
		.some(part => isEditorFile(part) || /^\.(?!dockerignore$|gitignore$|gitattributes$)/.test(part));

/** None where something can't be hashed: then nothing in the lab folder is renewed. */
const readHashes = (folder: string): ReadonlyMap<string, string> =>
	tryRead(() => hashFolder(folder).files) ?? new Map();

/** What lint asks of other parts of the program. */
export const lintTools: LintTools = {
	readDockerfile(text) {
		const {problems, graph} = lintDockerfile(text);
		const stages = graph?.stages ?? [];
		return {
			problems,
			stages: stages.flatMap(({name, index}) => [name.toLowerCase(), String(index)]),
			images: stages.flatMap(({image, line}) => (image === null ? [] : [{image, line}])),
		};
	},
	planBuild(command) {
		const build = planStepBuild(command);
		if (!build) return null;
		const {dockerfile, target, tags} = build;
		return dockerfile === null ? null : {dockerfile, target, tags};
	},
	untraceable(words) {
		const [program, ...rest] = words;
		// Compose as a program of its own does the same.
		const docker = parseDockerCommand(program === 'docker-compose' ? ['docker', 'compose', ...rest] : words);
		return docker && explainUntraceable(docker);
	},
	splitCommand: parseArgsStringToArgv,
	imageName: normalizeImageName,
};
