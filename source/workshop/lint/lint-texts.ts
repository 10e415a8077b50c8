import type {Nodes, RootContent} from 'mdast';
import {haveOwnFindings} from '../../checks/registry.js';
import {extractDetails, nodePosition, parseWhenMark} from '../markdown.js';
import {isCommandBlock} from '../parse-chapter.js';
import {allChecks} from '../steps.js';
import type {LintSubject, StepSubject} from './subject.js';

/** What learners read: text, hints, solutions, and what is for some engines only. */
export const lintTexts = (subject: LintSubject): void => {
	for (const one of subject.steps) {
		lintDetails(one, subject);
		lintMarks(one, subject);
	}
};

const lintDetails = ({step, source}: StepSubject, {report}: LintSubject): void => {
	const {details} = extractDetails(source.content);
	const solutions = details.filter(({summary}) => summary === 'Solution');
	const isOpen = haveOwnFindings(step.checks);
	for (const {summary, findings, nodes, place, isClosed} of details) {
		const name = summary === 'Solution' ? 'solution' : 'hint';
		if (!isClosed)
			report(step.file, `the ${name} is not closed: \`</details>\` is missing, alone on its line`, place);
		else if (!nodes.some(hasText)) report(step.file, `the ${name} is empty`, place);
		const stray = findings.find(one => !isOpen && !allChecks(step).some(({finding}) => finding === one));
		if (stray !== undefined)
			report(step.file, `the hint is for \`${stray}\`, which no check of its step gives`, place);
	}
	for (const {place} of solutions.slice(1))
		report(step.file, 'a step has one solution, and this is another', place);
	for (const node of source.content) {
		if (node.type === 'html' && /^<!-- step\b/.test(node.value))
			report(step.file, 'a step has one comment, and this is another', nodePosition(node));
	}
};

const hasText = (node: RootContent): boolean => node.type !== 'html' && !isCommandBlock(node);

const conditions = /^(store: (graphdriver|containerd)|cli-(from|before): \d+|shell: (sh|powershell|cmd))$/;

/** `when`, `otherwise` and `end` stand in the text between its blocks, each in its turn. */
const lintMarks = ({step: {file}, source}: StepSubject, {report}: LintSubject): void => {
	let open: {node: RootContent; isTurned: boolean} | null = null;
	for (const node of extractDetails(source.content).body) {
		for (const {place} of misplacedMarks(node)) {
			report(
				file,
				'`when`, `otherwise` and `end` stand alone on their lines, outside of lists and quotes',
				place,
			);
		}
		const mark = node.type === 'html' ? parseWhenMark(node.value) : null;
		if (!mark) continue;
		if (mark.mark === 'when') {
			if (open) report(file, 'opens a `when` inside of another', nodePosition(node));
			if (!conditions.test(mark.condition))
				report(
					file,
					`\`${mark.condition}\` is no condition: there is store, cli-from, cli-before and shell`,
					nodePosition(node),
				);
			open = {node, isTurned: false};
		} else if (!open) {
			report(file, `\`${mark.mark}\` without a \`when\` before it`, nodePosition(node));
		} else if (mark.mark === 'otherwise') {
			if (open.isTurned) report(file, 'a second `otherwise`', nodePosition(node));
			open.isTurned = true;
		} else {
			open = null;
		}
	}
	if (open) report(file, 'the `when` is not closed: `<!-- end -->` is missing', nodePosition(open.node));
};

/** Marks that nobody would see: with something else on their line, or inside of another block. */
const misplacedMarks = (node: RootContent) => {
	const found: Array<{place: ReturnType<typeof nodePosition>}> = [];
	const look = (inner: Nodes, isTop: boolean): void => {
		if (inner.type === 'html') {
			const isMark = /<!--\s*(when\b|otherwise\s*-->|end\s*-->)/.test(inner.value);
			if (isMark && !(isTop && parseWhenMark(inner.value))) found.push({place: nodePosition(inner)});
		}
		if ('children' in inner) for (const child of inner.children) look(child, false);
	};
	look(node, true);
	return found;
};
