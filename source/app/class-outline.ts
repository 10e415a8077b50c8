import path from 'node:path';
import type {Nodes} from 'mdast';
import type {WorkshopOutline} from '../classroom/room.js';
import {messages} from '../messages/index.js';
import {type Manifest, packedWorkshops} from '../pack/manifest.js';
import {readWorkshopFiles} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import type {Step, Workshop} from '../workshop/model.js';
import {parseWorkshop} from '../workshop/parse-workshop.js';
import {isChallenge} from '../workshop/steps.js';

/** What a board names of a workshop. `hash`: of its folder. */
export const outlineWorkshop = ({id, title, chapters}: Workshop, hash: string): WorkshopOutline => ({
	id,
	title,
	hash,
	chapters: chapters.map(chapter => ({
		id: chapter.id,
		title: chapter.title,
		steps: chapter.steps.map(outlineStep),
	})),
});

const outlineStep = (step: Step) => ({
	id: step.id,
	title: step.title,
	isMain: !step.optional,
	isChallenge: isChallenge(step),
	hints: step.hints.map(toLine),
	fittingHints: step.fittingHints.map(({findings, content}) => ({findings, text: toLine(content)})),
	hasSolution: step.solution !== null,
});

/** A text as one line, in which code stays between backticks. */
const toLine = (content: Nodes): string => textOf(content).replaceAll(/\s+/g, ' ').trim();

/** The kinds of Markdown that hold blocks. */
const blocks = new Set(['root', 'list', 'listItem', 'blockquote']);

const textOf = (node: Nodes): string => {
	if (node.type === 'inlineCode') return `\`${node.value}\``;
	if ('children' in node) return node.children.map(textOf).join(blocks.has(node.type) ? ' ' : '');
	return 'value' in node ? node.value : '';
};

/** Reads the workshops in a pack's folder. Throws a `UserError` if one can't be read. */
export const readPackedWorkshops = (
	folder: string,
	manifest: Manifest,
): Array<{workshop: Workshop; hash: string}> =>
	packedWorkshops(manifest).map(({id, hash}) => {
		const {workshop} = parseWorkshop(readWorkshopFiles(path.join(folder, 'workshops', id)));
		if (workshop) return {workshop, hash};
		throw new UserError(messages.app.workshop.unreadableInPack(id, folder));
	});
