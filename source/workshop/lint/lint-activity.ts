import type {Nodes, RootContent} from 'mdast';
import {toString as textOf} from 'mdast-util-to-string';
import {messages} from '../../messages/index.js';
import {nodePosition} from '../markdown.js';
import type {Step} from '../model.js';
import {isChallenge} from '../steps.js';
import type {LintSubject, StepSubject} from './subject.js';

/** How many steps ask for something of the learner's own before they show the answer, and how many there are. */
export type StepCount = {active: number; all: number};

const activeKinds: ReadonlySet<string> = new Set(['question', 'blank', 'repair', 'challenge']);

const isActive = ({kind, predict}: Step): boolean => predict !== null || activeKinds.has(kind);

export const countSteps = (steps: Step[]): StepCount => ({
	active: steps.filter(isActive).length,
	all: steps.length,
});

/** Warns of steps that ask nothing of the learner, give their answer away, or accept anything. */
export const lintActivity = (subject: LintSubject): void => {
	for (const one of subject.steps) {
		lintEffort(one);
		lintGivenAway(one, subject);
	}
	const {active, all} = countSteps(subject.steps.map(({step}) => step));
	// The kind of an unreadable step is unknown.
	if (active < all * 0.6 && subject.draft.broken.size === 0)
		subject.warn('workshop.md', messages.workshop.activity.tooFew(active, all));
};

const lintEffort = ({step, warn}: StepSubject): void => {
	const {kind, checks, command, hints, fittingHints} = step;
	const {onlyExit, onlyFittingHints} = messages.workshop.activity;
	if (
		kind !== 'builder' &&
		command !== null &&
		checks.length > 0 &&
		checks.every(({check}) => check === 'exit')
	)
		warn(onlyExit, 'checks');
	if (isChallenge(step) && hints.length === 0 && fittingHints.length > 0) warn(onlyFittingHints, 'id');
};

/** Warns where the text says what the learner is about to see. */
const lintGivenAway = ({step}: StepSubject, {warn}: LintSubject): void => {
	const {saysOutput, saysSkipped} = messages.workshop.activity;
	const outputs = step.checks.flatMap(check => (check.check === 'stdout' ? (check.has ?? []) : []));
	const skipped = step.checks.flatMap(check => (check.check === 'stages' ? (check.skipped ?? []) : []));
	for (const block of listBlocks(step.body.children)) {
		const text = textOf(block);
		// A single word may be a name rather than what is printed.
		const said = outputs.find(output => /\S\s+\S/.test(output) && text.includes(output));
		if (said !== undefined) warn(step.file, saysOutput(said), nodePosition(block));
		const stage = step.predict === null ? undefined : skipped.find(name => isCalledSkipped(name, block));
		if (stage !== undefined) warn(step.file, saysSkipped(stage), nodePosition(block));
	}
};

/**
 * Paragraphs, table cells and blocks of code, except Dockerfiles and their changes: what these print is left to think about.
 */
const listBlocks = (nodes: Nodes[]): Nodes[] =>
	nodes.flatMap(node => {
		if (node.type === 'code') return /^(?:dockerfile|diff)$/i.test(node.lang ?? '') ? [] : [node];
		const holdsText = node.type === 'paragraph' || node.type === 'tableCell' || node.type === 'heading';
		if (holdsText) return [node];
		return 'children' in node ? listBlocks(node.children as RootContent[]) : [];
	});

/** Whether a sentence, other than a question, names a stage as code and says that it is skipped. */
const isCalledSkipped = (name: string, block: Nodes): boolean => {
	if (block.type !== 'paragraph') return false;
	const marked = block.children
		.map(node => (node.type === 'inlineCode' ? `\`${node.value.replaceAll('.', '_')}\`` : textOf(node)))
		.join('');
	return (marked.match(/[^.!?]*[.!?]?/g) ?? []).some(
		sentence =>
			sentence.includes(`\`${name}\``) && /\bskip(?:s|ped)?\b/i.test(sentence) && !sentence.endsWith('?'),
	);
};
