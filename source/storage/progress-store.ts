import {existsSync, readFileSync, realpathSync} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import {messages} from '../messages/index.js';
import {type Progress, progressSchema} from '../session/passed-steps.js';
import type {ProgressStore} from '../session/ports.js';
import {describeError} from '../text/wording.js';
import {tryRead} from './files.js';
import {sha256} from './hashes.js';
import {acquireLock} from './process-locks.js';
import {setAside} from './set-aside.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** The file with the progress of a workshop. `name`: from `progressName`. */
export const progressFile = (stateFolder: string, name: string): string =>
	path.join(stateFolder, 'progress', `${name}.json`);

/** The lab folder in the saved progress; null if there is none, or it can't be read. Takes no lock. */
export const readLabFolder = (stateFolder: string, name: string): string | null =>
	tryRead(() => readProgress(progressFile(stateFolder, name)).labFolder);

/** The challenges that have begun in saved progress, which stays open to others. */
export const readBegun = (stateFolder: string, name: string): Readonly<Record<string, true>> =>
	tryRead(() => readProgress(progressFile(stateFolder, name)).begun) ?? {};

const readProgress = (file: string): Progress =>
	v.parse(progressSchema, JSON.parse(readFileSync(file, 'utf8')));

/**
 * The name for saved progress: a shipped workshop's ID, else the ID and a hash of the folder, so that two folders with
 * one ID don't share it. A recording has its own, because what it shows is not progress on an engine.
 */
export const progressName = (
	{id, folder, shipped}: {id: string; folder: string; shipped: boolean},
	kind: 'live' | 'recorded',
): string => {
	const own = shipped ? '' : `-${sha256(realpathSync(folder)).slice(0, 12)}`;
	return `${id}${own}${kind === 'recorded' ? '-recorded' : ''}`;
};

/**
 * The progress of one workshop. The first copy of the program that loads it may save it; others only read. A file that
 * can't be parsed is kept under another name.
 */
export const createProgressStore = (stateFolder: string, name: string): ProgressStore => {
	const file = progressFile(stateFolder, name);
	let mayWrite = false;
	return {
		load() {
			try {
				mayWrite = acquireLock(`${file}.lock`);
			} catch (error) {
				const problem = messages.storage.progress.notSaved(describeError(error));
				return {progress: null, problem, readOnly: true};
			}
			const locked = mayWrite ? null : messages.storage.progress.locked;
			const readOnly = !mayWrite;
			if (!existsSync(file)) return {progress: null, problem: locked, readOnly};
			try {
				return {progress: readProgress(file), problem: locked, readOnly};
			} catch (error) {
				if (locked) return {progress: null, problem: locked, readOnly};
				const {isAside, problem} = setAside(file, error, messages.storage.progress);
				// If the file can't be moved aside, the next save would overwrite it.
				mayWrite = isAside;
				return {progress: null, problem, readOnly: !isAside};
			}
		},
		save(progress) {
			if (!mayWrite) return null;
			try {
				makePrivateFolder(path.dirname(file));
				writeFileAtomicSync(file, `${JSON.stringify(progress, null, '\t')}\n`, privateFile);
				return null;
			} catch (error) {
				return messages.storage.progress.notSaved(describeError(error));
			}
		},
	};
};
