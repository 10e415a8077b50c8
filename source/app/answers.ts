import path from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {listNames} from '../storage/files.js';
import {listOverlayFiles, type OverlayFile, readWorkshopFile} from '../storage/workshop-files.js';
import type {Overlay} from '../workshop/model.js';
import {parseOverlay} from '../workshop/parse-workshop.js';
import type {Locate} from '../workshop/parse-yaml.js';
import {brokenFolder, isChallenge, isInContext} from '../workshop/steps.js';
import type {OpenWorkshop} from './open-workshop.js';

export type Answer = {overlay: Overlay; locate: Locate};

/**
 * Returns the solution and the attempts of a challenge, solution first. Skips those that can't be read: lint reports
 * them, and nothing runs them.
 */
export const readAnswers = (stepId: string, folder: string): Answer[] => {
	const attempts = `attempts/${stepId}`;
	const names = listNames(path.join(folder, 'attempts', stepId));
	return [`solutions/${stepId}`, ...names.map(name => `${attempts}/${name}`)].flatMap(place => {
		const file = `${place}/run.yaml`;
		const {overlay, locate} = parseOverlay(file, readWorkshopFile(folder, file) ?? '');
		return overlay ? [{overlay, locate}] : [];
	});
};

/** What the learner typed at a challenge: the commands of the last line, and whether it was the first line there. */
export type TypedLine = {commands: string[][]; isFirst: boolean};

/**
 * Returns the shipped solution or attempt that equals the learner's answer: the same files in the lab folder, and the
 * same commands. Null if there is none. The findings of shipped answers have been proven on an engine.
 */
export const findKnownAnswer = (
	{folder, lab, workshop}: Pick<OpenWorkshop, 'folder' | 'lab' | 'workshop'>,
	stepId: string,
	typed: TypedLine | null,
): Overlay | null => {
	const answers = readAnswers(stepId, folder).map(({overlay}) => overlay);
	const shipped = lab.files();
	const inContexts = lab.listAll().filter(file => isInContext(file, workshop.contexts));
	const textOf = (source: string) => readWorkshopFile(path.dirname(source), path.basename(source));
	// Other steps have no such folder.
	const broken = new Map(
		listOverlayFiles(folder, brokenFolder({id: stepId})).map(({file, source}) => [file, textOf(source)]),
	);
	// What the learner wrote for other challenges says nothing about this one.
	const ofOthers = new Set(
		workshop.chapters
			.flatMap(({steps}) => steps)
			.filter(step => isChallenge(step) && step.id !== stepId)
			.flatMap(({id}) => listOverlayFiles(folder, `solutions/${id}`).map(({file}) => file)),
	);
	const isAsAtStart = (file: string): boolean =>
		broken.has(file)
			? lab.read(file) === broken.get(file)
			: shipped.some(one => one.path === file && one.state === 'ours');
	const hasFilesOf = (files: OverlayFile[]): boolean => {
		const own = new Set(files.map(({file}) => file));
		const given = shipped.map(({path: file}) => file);
		return (
			files.every(({file, source}) => lab.read(file) === textOf(source)) &&
			[...given, ...inContexts].every(file => own.has(file) || ofOthers.has(file) || isAsAtStart(file))
		);
	};
	const isAnswer = ({overlay, commands}: Overlay): boolean => {
		const files = listOverlayFiles(folder, overlay);
		// The unchanged start state is not an answer.
		const isSomething =
			commands.length > 0 ||
			files.some(({file, source}) => (broken.get(file) ?? lab.readShipped(file)) !== textOf(source));
		return isSomething && isDeepStrictEqual(commands, typed?.commands ?? []) && hasFilesOf(files);
	};
	return answers.find(isAnswer) ?? null;
};
