import {hashFolder} from '../../storage/hash-folder.js';
import {isEditorsOwn} from '../../storage/is-editors-own.js';
import {readFolder} from '../../storage/read-folder.js';
import {renewLab} from '../../storage/renew-lab.js';
import {watchFolder} from '../../storage/watch-folder.js';
import {messageOf} from '../../text/message-of.js';
import type {FolderEntry} from '../../workshop/lint/folder-entry.js';
import {lintWorkshop} from '../../workshop/lint/lint-workshop.js';
import type {Workshop} from '../../workshop/model.js';
import {parseWorkshop} from '../../workshop/parse-workshop.js';
import {formatProblem} from '../../workshop/problems.js';
import {lintTools} from '../lint/lint-tools.js';
import type {OpenWorkshop} from '../open-workshop.js';

/** What a look at the folder of an author finds. */
export type Look = {
	/** Null: the files can't be read as they are now. */
	workshop: Workshop | null;
	/** What lint says, a line each. */
	problems: string[];
};

/** A workshop whose author is at work on it. */
export type WatchedWorkshop = {
	/** Reads the folder now; from then on the open workshop is what stands there, if that can be read. */
	look(): Look;
	/** Looks whenever a file has been saved. `onLook` is called after each look, those from elsewhere too. */
	follow(onLook: (look: Look) => void, signal: AbortSignal): void;
};

/** Watches the folder of an open workshop. */
export const watchWorkshop = (open: OpenWorkshop): WatchedWorkshop => {
	let files = hashesOf(open.folder);
	let tell: (look: Look) => void = () => {};
	const take = (workshop: Workshop): void => {
		const now = hashesOf(open.folder);
		open.lab.follow(workshop.contexts);
		open.workshop = workshop;
		renewLab({workshop: open.folder, lab: open.lab.path}, files, now);
		files = now;
	};
	const read = (): Look => {
		let problems: string[] = [];
		try {
			const entries = readFolder(open.folder).filter(({path}) => !isEditors(path));
			problems = lintWorkshop(entries, lintTools).map(formatProblem);
			const {workshop} = parseWorkshop(textsOf(entries));
			if (workshop) take(workshop);
			return {workshop, problems};
		} catch (error) {
			// A file that goes while it is read, or a context that is not there.
			return {workshop: null, problems: problems.length > 0 ? problems : [messageOf(error)]};
		}
	};
	const look = (): Look => {
		const seen = read();
		tell(seen);
		return seen;
	};
	return {
		look,
		follow(onLook, signal) {
			tell = onLook;
			look();
			watchFolder(open.folder, look, signal);
		},
	};
};

const textsOf = (entries: FolderEntry[]): Map<string, string> =>
	new Map(entries.flatMap(({path, text}) => (text === null || path.includes('/') ? [] : [[path, text]])));

/** What editors put beside a file for as long as it is open: lint is right about them, but not now. */
const isEditors = (path: string): boolean =>
	path
		.split('/')
		.some(part => isEditorsOwn(part) || /^\.(?!dockerignore$|gitignore$|gitattributes$)/.test(part));

/** None where something can't be hashed: then nothing in the lab folder is renewed. */
const hashesOf = (folder: string): ReadonlyMap<string, string> => {
	try {
		return hashFolder(folder).files;
	} catch {
		return new Map();
	}
};
