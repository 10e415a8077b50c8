import type {Html, Nodes, Root, RootContent} from 'mdast';
import {messages} from '../messages/index.js';
import {createRoot} from './markdown.js';
import type {Step} from './model.js';

/** A comment that shows a file of the lab folder, or lines of it. `lines`: the first and the last one; null for all. */
type ShowMark = {path: string; lines: [number, number] | null};

/** Parses `<!-- show: app/Dockerfile -->`, `<!-- show: app/Dockerfile:3 -->` or `…:3-5 -->`; null for any other. */
export const parseShowMark = (node: Nodes): ShowMark | null => {
	const [, path, first, last = first] =
		(node.type === 'html' && /^<!-- show: (\S+?)(?::(\d+)(?:-(\d+))?)? -->$/.exec(node.value.trim())) || [];
	if (path === undefined) return null;
	return {path, lines: first === undefined ? null : [Number(first), Number(last)]};
};

/** Whether a node was meant as such a comment, wherever it stands. */
export const isMeantToShow = (node: Nodes): node is Html =>
	node.type === 'html' && /<!--\s*show\b/.test(node.value);

/** The lines of a text, without the empty one after its last line break. */
export const linesOf = (text: string): string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);

/** The files that the texts of a step show: its own, its hints, its solution, and what is meant for afterwards. */
export const listShownFiles = ({body, hints, fittingHints, solution, afterwards}: Step): string[] => {
	const texts = [body, ...hints, ...fittingHints.map(({content}) => content), solution, afterwards].filter(
		text => text !== null,
	);
	return texts.flatMap(({children}) => children.flatMap(node => parseShowMark(node)?.path ?? []));
};

/** Puts the files that a text shows in the place of their marks. `read`: null if there is no such file. */
export const insertShownFiles = (text: Root, read: (path: string) => string | null): Root =>
	createRoot(
		text.children.flatMap((node): RootContent[] => {
			const mark = parseShowMark(node);
			return mark ? showFile(mark, read(mark.path)) : [node];
		}),
	);

const showFile = ({path, lines}: ShowMark, text: string | null): RootContent[] => {
	const {missing, someLines} = messages.workshop.shownFile;
	const title = (value: string): RootContent => ({
		type: 'paragraph',
		children: [
			{type: 'inlineCode', value: path},
			{type: 'text', value},
		],
	});
	if (text === null) return [title(missing)];
	const all = linesOf(text);
	const [first, last] = lines ?? [1, all.length];
	return [
		title(lines ? someLines(first, last) : ':'),
		{type: 'code', value: all.slice(first - 1, last).join('\n')},
	];
};
