import type {Nodes} from 'mdast';
import {messages} from '../../messages/index.js';
import {extractDetails, nodePosition, parseWhenMark} from '../markdown.js';
import type {Step} from '../model.js';
import {isPatchBlock, patchText, readPatches} from '../patches.js';
import {runsCommand} from '../steps.js';
import {isOutside, type LintSubject, type StepSubject} from './subject.js';

/** Checks that the patches of steps are applied, and fit the files as the steps before have left them. */
export const lintPatches = (subject: LintSubject): void => {
	for (const [index, one] of subject.steps.entries()) {
		lintPlaces(one, subject);
		lintFit(one, subject.steps[index - 1]?.step ?? null, subject);
	}
};

/** Reports patches in hints, lists and the like, and those that only some engines show. */
const lintPlaces = ({step: {file}, source: {content}}: StepSubject, {report}: LintSubject): void => {
	const {misplaced, conditional} = messages.workshop.patch;
	const {details, body} = extractDetails(content);
	const inner = [...details.flatMap(({nodes}) => nodes), ...body.flatMap(childrenOf)];
	for (const node of inner.flatMap(findPatches)) report(file, misplaced, nodePosition(node));
	let isConditional = false;
	for (const node of body) {
		const mark = node.type === 'html' ? parseWhenMark(node.value) : null;
		if (mark) isConditional = mark.mark !== 'end';
		else if (isConditional && isPatchBlock(node)) report(file, conditional, nodePosition(node));
	}
};

const childrenOf = (node: Nodes): Nodes[] => ('children' in node ? node.children : []);

const findPatches = (node: Nodes): Nodes[] =>
	isPatchBlock(node) ? [node] : childrenOf(node).flatMap(findPatches);

/** `before`: the step before; null if there is none. */
const lintFit = ({step, source}: StepSubject, before: Step | null, subject: LintSubject): void => {
	const say = messages.workshop.patch;
	const texts = new Map<string, string | null>();
	for (const node of extractDetails(source.content).body.filter(isPatchBlock)) {
		const report = (message: string) => subject.report(step.file, message, nodePosition(node));
		if (!runsCommand(step) || step.command === null) report(say.withoutCommand);
		else if (subject.contexts === null) continue;
		for (const patch of readPatches(node.value) ?? []) {
			const {file} = patch;
			const text = texts.get(file) ?? subject.textAt(before, file);
			const patched = text === null ? null : patchText(text, patch);
			texts.set(file, patched);
			if (isOutside(file, subject) || subject.entries.get(file)?.kind !== 'file')
				report(messages.workshop.check.editsOutside(file));
			else if (patched === null || patched === text) report(say.unfit(file));
		}
	}
};
