import {formatAlternatives, formatList} from './wording.js';

/** The kinds of files on a disk. */
export type FileKind = 'file' | 'folder' | 'link' | 'fifo' | 'socket' | 'device';

export const fileKinds: Record<FileKind, string> = {
	file: 'a plain file',
	folder: 'a folder',
	link: 'a link',
	fifo: 'a FIFO',
	socket: 'a socket',
	device: 'a device',
};

const listWorkshops = 'see `multistage-workshop list` for the available workshops';
const otherLab = 'choose another folder with `--dir <folder>`';

/** `why` is the end of a sentence, without its full stop. */
export const storage = {
	unreadable: (file: string, why: string) => `${file} can’t be read: ${why}.`,
	unreadableFolder: (folder: string, why: string) => `The folder ${folder} can’t be read: ${why}.`,
	/** Reasons why something can't be read. */
	troubles: {
		lacksText: (piece: string) => `it no longer contains \`${piece}\``,
		tooLarge: (size: string, most: string) => `it has ${size}, and at most ${most} are read`,
		notPlain: (kind: FileKind) => `it is ${fileKinds[kind]}, not a plain file`,
		notUtf8: 'its name is not UTF-8',
		hasNotUtf8: (name: string) => `the name ${name} in it is not UTF-8`,
	},

	/** Problems that prevent hashing a workshop's folder. */
	unhashable: {
		next: 'keep only plain files in the folder of the workshop',
		unreadable: (file: string, why: string) =>
			`${file} can’t be read (${why}), so there is no way to know what this workshop contains, and it is not run.`,
		notPlain: (file: string) =>
			`${file} is not a plain file, so there is no way to know what this workshop contains, and it is not run.`,
		oddName: (file: string) =>
			`${file} has a line break or a backslash in its name, so there is no way to know what this workshop contains, and it is not run.`,
	},
	trustNotSaved: (why: string) => `Your trust in this workshop can’t be saved: ${why}.`,

	lab: {
		notWritten: (folder: string, why: string) => ({
			reason: `The lab files can’t be written to ${folder}: ${why}.`,
			next: otherLab,
		}),
		inWorkshop: (folder: string) => ({
			reason: `${folder} has the files of a workshop itself, so the lab files can’t go there.`,
			next: otherLab,
		}),
		notChanged: (file: string, why: string) => ({
			reason: `The file ${file} can’t be changed: ${why}.`,
			next: 'run `multistage-workshop reset` to get the file back',
		}),
	},
	containerIdNotSaved: (why: string) => ({
		reason: `The ID of a container can’t be saved: ${why}.`,
		next: 'fix that, then run this step again',
	}),
	ledgerNotWritten: (folder: string, why: string) => ({
		reason: `What the workshop creates can’t be recorded: ${why}.`,
		next: `fix that for ${folder}, then run this step again`,
	}),
	outputNotSaved: (why: string) => `Not all output of the command could be saved: ${why}.`,

	log: {
		notCopied: (folders: string[], code: string | null) => ({
			reason: `The log can’t be copied to ${formatAlternatives(folders)}${code === null ? '' : ` (${code})`}.`,
			next: 'make room there, or open the workshop in another folder',
		}),
		cutOff: (why: string) => `No further lines could be saved: ${why}.`,
		folderRemoved: 'its folder has been removed',
		gone: 'The complete log is no longer on the disk.',
	},

	progress: {
		notSaved: (why: string) => `Progress can’t be saved: ${why}.`,
		locked:
			'Another copy of this program has this workshop open: that copy saves the progress, and this one only reads it.',
		damaged: (aside: string) =>
			`The saved progress is damaged or from another version: it is kept as ${aside}, and the workshop starts from the beginning.`,
		unreadable: (aside: string, why: string) =>
			`The saved progress can’t be read (${why}): it is kept as ${aside}, and the workshop starts from the beginning.`,
		damagedInPlace: (why: string) =>
			`The saved progress is damaged or from another version, and it can’t be moved aside, so nothing is saved: ${why}.`,
		unreadableInPlace: (trouble: string, why: string) =>
			`The saved progress can’t be read (${trouble}), and it can’t be moved aside, so nothing is saved: ${why}.`,
	},

	resultsNotSaved: (why: string) => `Your results can’t be saved: ${why}.`,
	reviews: {
		notSaved: (why: string) => `The days of your reviews can’t be saved: ${why}.`,
		damaged: (aside: string) =>
			`The days of your reviews are damaged or from another version: they are kept as ${aside}, and the reviews start from the beginning.`,
		unreadable: (aside: string, why: string) =>
			`The days of your reviews can’t be read (${why}): they are kept as ${aside}, and the reviews start from the beginning.`,
		damagedInPlace: (why: string) =>
			`The days of your reviews are damaged or from another version, and can’t be moved aside, so nothing is saved: ${why}.`,
		unreadableInPlace: (trouble: string, why: string) =>
			`The days of your reviews can’t be read (${trouble}), and can’t be moved aside, so nothing is saved: ${why}.`,
	},
	seatKey: {
		unreadable: (file: string, why: string) => ({
			reason: `Your key for classes, ${file}, can’t be read: ${why}.`,
			next: 'move the file away to get a new key; a class then sees a new seat',
		}),
		notSaved: (file: string, why: string) => `Your key for classes can’t be saved to ${file}: ${why}.`,
		otherKind: 'it is not an Ed25519 key',
	},

	damagedRecording: (file: string) => ({
		reason: `The recording ${file} is damaged.`,
		next: 'reinstall the program, or record the workshop again if it is yours',
	}),

	workshops: {
		notShipped: (places: string[]) => ({
			reason: `The workshops that come with the program are missing (looked in ${formatList(places)}).`,
			next: 'give the address of a pack with `--pack`, or install it again: `npm install --global multistage-workshop`',
		}),
		unknown: (name: string, known: string[]) =>
			`There is no workshop called \`${name}\`; the available workshops are ${formatList(known)}.`,
		/** What to do about an unknown workshop. */
		nameOrPath:
			'see `multistage-workshop list`; to open a folder, give its path, for example `./my-workshop`',
		listThem: listWorkshops,
		isFile: (place: string) => `${place} is a file, but a workshop is a folder.`,
		noFolder: (folder: string) => `The folder ${folder} does not exist.`,
		noWorkshop: (folder: string) => ({
			reason: `The folder ${folder} is not a workshop: it has no workshop.md.`,
			next: listWorkshops,
		}),
	},
};
