import path from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {type OverlayFile, overlayFiles} from '../storage/overlay-files.js';
import {readWorkshopFile} from '../storage/workshop-files.js';
import type {Overlay} from '../workshop/model.js';
import type {OpenWorkshop} from './open-workshop.js';
import {readAnswers} from './read-answers.js';

/** What learners typed at a challenge: the commands of the last line, and whether it was the first line there. */
export type Typed = {commands: string[][]; isFirst: boolean};

/**
 * Finds the shipped solution or attempt that a learner's answer is: the same files in the lab folder, and the same
 * commands. Null for an answer of the learner's own. What each of them gets was proven on an engine.
 */
export const findKnownAnswer = (
	{folder, lab, workshop}: Pick<OpenWorkshop, 'folder' | 'lab' | 'workshop'>,
	stepId: string,
	typed: Typed | null,
): Overlay | null => {
	const answers = readAnswers(stepId, folder).map(({overlay}) => overlay);
	const shipped = lab.files();
	const inContexts = lab
		.listAll()
		.filter(file => workshop.contexts.some(context => file.startsWith(`${context}/`)));
	const textOf = (source: string) => readWorkshopFile(path.dirname(source), path.basename(source));
	const hasFilesOf = (files: OverlayFile[]): boolean => {
		const own = new Set(files.map(({file}) => file));
		return (
			files.every(({file, source}) => lab.read(file) === textOf(source)) &&
			shipped.every(({path: file, state}) => own.has(file) || state === 'ours') &&
			inContexts.every(file => own.has(file) || shipped.some(one => one.path === file))
		);
	};
	const isAnswer = ({overlay, commands}: Overlay): boolean => {
		const files = overlayFiles(folder, overlay);
		// What is as the challenge begins is no answer yet.
		const isSomething =
			commands.length > 0 || files.some(({file, source}) => lab.readShipped(file) !== textOf(source));
		return isSomething && isDeepStrictEqual(commands, typed?.commands ?? []) && hasFilesOf(files);
	};
	return answers.find(isAnswer) ?? null;
};
