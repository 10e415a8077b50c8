import {planStepBuild} from '../session/plan/run-plan.js';
import {readFolder, tryRead} from '../storage/files.js';
import {hashFolder} from '../storage/hashes.js';
import {updateLabFiles} from '../storage/lab-folder.js';
import {isEditorFile, watchFolder} from '../storage/watch-folder.js';
import {describeError} from '../text/wording.js';
import {lintWorkshop} from '../workshop/lint/lint-workshop.js';
import type {FolderEntry} from '../workshop/lint/subject.js';
import type {Workshop} from '../workshop/model.js';
import {parseWorkshop} from '../workshop/parse-workshop.js';
import {listPatches} from '../workshop/patches.js';
import {formatProblem} from '../workshop/problems.js';
import type {OpenWorkshop} from './open-workshop.js';

/** The result of reading an author's workshop folder. */
export type WorkshopSnapshot = {
	/** Null if the files can't be read as they are now. */
	workshop: Workshop | null;
	/** Lint problems, or else the error that prevented reading, one line each. */
	problems: string[];
};

/** An open workshop that its author is editing. */
export type WatchedWorkshop = ReturnType<typeof watchWorkshop>;

/** Watches the folder of an open workshop. */
export const watchWorkshop = (open: OpenWorkshop) => {
	let files = readHashes(open.folder);
	let tell: (look: WorkshopSnapshot) => void = () => {};
	const take = (workshop: Workshop): void => {
		const now = readHashes(open.folder);
		open.lab.follow(workshop.contexts, listPatches(workshop));
		open.workshop = workshop;
		updateLabFiles({workshop: open.folder, lab: open.lab.path}, files, now);
		files = now;
	};
	const read = (): WorkshopSnapshot => {
		let problems: string[] = [];
		try {
			const entries = readFolder(open.folder).filter(({path}) => !isEditorPath(path));
			problems = lintWorkshop(entries, planStepBuild).problems.map(formatProblem);
			const {workshop} = parseWorkshop(selectTexts(entries));
			if (workshop) take(workshop);
			return {workshop, problems};
		} catch (error) {
			// A file was removed during reading, or a context doesn't exist.
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
		/** Reads the folder now and after each saved file. Calls `onLook` after each read, including those by `refresh`. */
		follow(onLook: (look: WorkshopSnapshot) => void, signal: AbortSignal): void {
			tell = onLook;
			look();
			watchFolder(open.folder, look, signal);
		},
	};
};

/** Whether a file is hidden or an editor's temporary file: lint would report it, which doesn't help while editing. */
const isEditorPath = (path: string): boolean =>
	path
		.split('/')
		.some(part => isEditorFile(part) || /^\.(?!dockerignore$|gitignore$|gitattributes$)/.test(part));

const selectTexts = (entries: FolderEntry[]): Map<string, string> =>
	new Map(entries.flatMap(({path, text}) => (text === null || path.includes('/') ? [] : [[path, text]])));

/** Empty if something can't be hashed; then no file in the lab folder is updated. */
const readHashes = (folder: string): ReadonlyMap<string, string> =>
	tryRead(() => hashFolder(folder).files) ?? new Map();
