import {readFileSync} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import {type Answer, answerLimits, answerSchema} from '../classroom/hand-in.js';
import {messages} from '../messages/index.js';
import {describeError} from '../text/wording.js';
import {isInContext} from '../workshop/steps.js';
import {listNames, tryRead} from './files.js';
import type {LabFolderOnDisk} from './lab-folder.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

const folderOf = (stateFolder: string): string => path.join(stateFolder, 'class', 'answers');

/** The learner's latest answer to each challenge, on this machine only. `name`: of the progress that they belong to. */
export const createAnswersStore = (stateFolder: string, name: string) => {
	const file = path.join(folderOf(stateFolder), `${name}.json`);
	let answers: Answer[] | null = null;
	const load = (): Answer[] => {
		answers ??= readAnswersFile(file);
		return answers;
	};
	return {
		/** Null if there is none. */
		find: (challenge: string): Answer | null => load().find(answer => answer.challenge === challenge) ?? null,
		/** Replaces the earlier answer. Never throws: returns a problem as one sentence. */
		keep(answer: Answer): string | null {
			answers = [...load().filter(({challenge}) => challenge !== answer.challenge), answer];
			try {
				makePrivateFolder(path.dirname(file));
				writeFileAtomicSync(file, `${JSON.stringify(answers)}\n`, privateFile);
				return null;
			} catch (error) {
				return messages.storage.resultsNotSaved(describeError(error));
			}
		},
	};
};

/** The answers to the challenges of all workshops, in order. */
export const loadAllAnswers = (stateFolder: string): Answer[] =>
	listNames(folderOf(stateFolder))
		.filter(name => name.endsWith('.json'))
		.flatMap(name => readAnswersFile(path.join(folderOf(stateFolder), name)));

/** Skips what another version wrote. */
const readAnswersFile = (file: string): Answer[] => {
	const rows: unknown = tryRead(() => JSON.parse(readFileSync(file, 'utf8')));
	return Array.isArray(rows) ? rows.filter(row => v.is(answerSchema, row)) : [];
};

/**
 * The lab files that differ from the shipped ones, as an answer has them: sorted by path, without binary files, large
 * ones and kept copies.
 */
export const readChangedFiles = (lab: LabFolderOnDisk, contexts: string[]): Answer['files'] => {
	const shipped = new Map(lab.files().map(({path: file, state}) => [file, state]));
	const own = lab.listAll().filter(file => isInContext(file, contexts) && !shipped.has(file));
	const changed = [...shipped].flatMap(([file, state]) => (state === 'ours' ? [] : [file]));
	return [...changed, ...own]
		.sort()
		.filter(file => !/\.mine(?:-\d+)?$/.test(file))
		.map(file => ({path: file, text: shipped.get(file) === 'missing' ? null : lab.read(file)}))
		.filter(({path: file, text}) => text !== null || shipped.get(file) === 'missing')
		.filter(({text}) => text === null || (text.length <= answerLimits.text && !/[\0\uFFFD]/.test(text)))
		.filter(row => v.is(answerSchema.entries.files, [row]))
		.slice(0, answerLimits.files);
};
