import {existsSync, readFileSync, realpathSync, renameSync} from 'node:fs';
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
import {makePrivateFolder, privateFile} from './state-folder.js';

/** Where the progress of a workshop is kept; by `progressName`. */
export const progressFile = (stateFolder: string, name: string): string =>
	path.join(stateFolder, 'progress', `${name}.json`);

/** The lab folder that kept progress names; null when there is none, or it can't be read. Takes no lock. */
export const readLabFolder = (stateFolder: string, name: string): string | null =>
	tryRead(() => readProgress(progressFile(stateFolder, name)).labFolder);

const readProgress = (file: string): Progress =>
	v.parse(progressSchema, JSON.parse(readFileSync(file, 'utf8')));

/**
 * By what name progress is kept: a shipped workshop's id; of another one with its folder, so that a second folder with
 * the same id has its own. A recording's is another: what it showed is no progress on an engine.
 */
export const progressName = (
	{id, folder, shipped}: {id: string; folder: string; shipped: boolean},
	kind: 'live' | 'recorded',
): string => {
	const own = shipped ? '' : `-${sha256(realpathSync(folder)).slice(0, 12)}`;
	return `${id}${own}${kind === 'recorded' ? '-recorded' : ''}`;
};

/**
 * Progress of one workshop. The first copy of the program that loads it may save it; a second one only reads. A file
 * that can't be understood is kept aside under another name.
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
				const {isAside, problem} = keepAside(file, error);
				// What can't be moved out of the way would be lost by the next save.
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

const keepAside = (file: string, cause: unknown): {isAside: boolean; problem: string} => {
	const aside = `${file}.broken-${new Date().toISOString().replaceAll(':', '-')}`;
	const isDamaged = cause instanceof v.ValiError || cause instanceof SyntaxError;
	const trouble = describeError(cause);
	const say = messages.storage.progress;
	try {
		renameSync(file, aside);
		return {isAside: true, problem: isDamaged ? say.damaged(aside) : say.unreadable(aside, trouble)};
	} catch (error) {
		const why = describeError(error);
		return {
			isAside: false,
			problem: isDamaged ? say.damagedInPlace(why) : say.unreadableInPlace(trouble, why),
		};
	}
};
