import {statSync} from 'node:fs';
import path from 'node:path';
import {readClassLog} from '../classroom/class-results.js';
import type {CollectedFile} from '../classroom/collect.js';
import {maxHandInBytes, type ReadHandIn, readHandIn} from '../classroom/hand-in.js';
import {describeError} from '../text/wording.js';
import {listFolder, readPlainFile, realPath, tryRead} from './files.js';
import {sha256} from './hashes.js';

/** How the name of a hand-in file ends. */
export const handInEnding = '.workshop.json';

/** The names of the files of a kept class. */
const keptFiles = {class: 'class.json', log: 'log.jsonl'};

/** Whether a file is the one that describes a kept class, with its keys. */
export const isKeptClass = (file: string): boolean =>
	path.basename(file) === keptFiles.class && isFile(path.join(path.dirname(file), keptFiles.log));

/** The most bytes of a log that are read: 2000 seats write less in a week. */
const maxLogBytes = 256 * 1024 * 1024;

/**
 * Reads the hand-in files and kept classes at and below some places, each content once. Files of other names in a
 * folder are none of them; a file that is named itself may have any name.
 */
export const readCollected = (places: string[]): CollectedFile[] => {
	const found = [...new Set(places.flatMap(findFiles).map(realPath))];
	const byContent = new Map<string, CollectedFile>();
	for (const place of found) {
		const isLog = path.basename(place) === keptFiles.log;
		const file = isLog ? `${path.basename(path.dirname(place))}/${keptFiles.log}` : path.basename(place);
		try {
			const bytes = readPlainFile(place, isLog ? maxLogBytes : maxHandInBytes);
			const content = sha256(bytes);
			const known = byContent.get(content);
			// The same file twice is named once, whichever was found first.
			if (known) known.file = [known.file, file].sort()[0] ?? file;
			else byContent.set(content, isLog ? readLog(file, bytes) : toCollected(file, readHandIn(bytes)));
		} catch (error) {
			const problem = {problem: 'unreadable' as const, why: describeError(error)};
			byContent.set(place, {file, seats: [], problems: [problem]});
		}
	}
	return [...byContent.values()];
};

/** Reads one hand-in file. Throws the system's error if it can't be read. */
export const readHandInFile = (file: string): ReadHandIn => readHandIn(readPlainFile(file, maxHandInBytes));

const findFiles = (place: string): string[] => {
	if (!isFolder(place)) return [place];
	return listFolder(place)
		.filter(({path: file, kind}) => kind === 'file' && isCollectable(path.join(place, file)))
		.map(({path: file}) => path.join(place, file));
};

const isCollectable = (file: string): boolean => {
	const name = path.basename(file);
	return name.endsWith(handInEnding) || name === keptFiles.log;
};

const toCollected = (file: string, {handIn, problem}: ReadHandIn): CollectedFile => ({
	file,
	seats: handIn ? [{...handIn, seals: problem === null}] : [],
	problems: problem ? [problem] : [],
});

const readLog = (file: string, bytes: Buffer): CollectedFile => {
	const {seats, problems} = readClassLog(bytes.toString('utf8').split('\n'));
	return {file, seats: seats.map(seat => ({...seat, seals: false})), problems};
};

const isFolder = (place: string): boolean => tryRead(() => statSync(place).isDirectory()) ?? false;
const isFile = (place: string): boolean => tryRead(() => statSync(place).isFile()) ?? false;
