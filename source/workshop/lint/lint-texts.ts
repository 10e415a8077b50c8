import type {Nodes, RootContent} from 'mdast';
import {haveOwnFindings} from '../../checks/registry.js';
import {messages} from '../../messages/index.js';
import {didYouMeanClause} from '../../text/wording.js';
import {extractDetails, kindOfDetails, nodePosition, parseWhenMark} from '../markdown.js';
import {isCommandBlock} from '../parse-chapter.js';
import type {Position} from '../problems.js';
import {isMeantToShow, linesOf, parseShowMark} from '../shown-files.js';
import {allChecks} from '../steps.js';
import {isOutside, type LintSubject, type StepSubject, startFile} from './subject.js';

/** Checks hints, solutions, the marks around text for some engines only, and the files that texts show. */
export const lintTexts = (subject: LintSubject): void => {
	for (const one of subject.steps) {
		lintDetails(one, subject);
		lintMarks(one, subject);
		lintShownFiles(one, subject);
	}
};

const lintDetails = ({step, source}: StepSubject, {report, warn}: LintSubject): void => {
	const {details, body} = extractDetails(source.content);
	const say = messages.workshop.text;
	const isOpen = haveOwnFindings(step.checks);
	for (const {summary, findings, nodes, place, isClosed} of details) {
		const kind = kindOfDetails(summary);
		const what = say.details[kind];
		if (kind === 'hint' && !/^hint\b/i.test(summary)) warn(step.file, say.otherSummary(summary), place);
		if (isCrowded(source.content, place)) report(step.file, say.crowdedDetails, place);
		else if (!isClosed) report(step.file, say.open(what), place);
		else if (!nodes.some(hasText)) report(step.file, say.empty(what), place);
		const stray = findings.find(one => !isOpen && !allChecks(step).some(({finding}) => finding === one));
		const known = allChecks(step).map(check => check.finding);
		if (stray !== undefined) report(step.file, say.strayHint(stray) + didYouMeanClause(stray, known), place);
	}
	for (const node of body) {
		if (node.type === 'html' && /^<details\b/i.test(node.value))
			warn(step.file, say.unreadDetails, nodePosition(node));
	}
	for (const once of ['Solution', 'Afterwards'])
		for (const {place} of details.filter(({summary}) => summary === once).slice(1))
			report(step.file, say.second(once), place);
	for (const node of source.content) {
		if (node.type === 'html' && /^<!-- step\b/.test(node.value))
			report(step.file, messages.workshop.step.secondComment, nodePosition(node));
	}
};

/** Whether text stands right below the summary, where Markdown takes it for HTML. */
const isCrowded = (content: RootContent[], place: Position): boolean => {
	const node = content.find(one => nodePosition(one).line === place.line);
	const rest = node?.type === 'html' ? node.value.replace(/^[\s\S]*?<\/summary>/, '') : '';
	return rest.replaceAll(/<!--[\s\S]*?-->/g, '').trim() !== '';
};

const hasText = (node: RootContent): boolean => node.type !== 'html' && !isCommandBlock(node);

const conditionKeys = ['store', 'cli-from', 'cli-before', 'shell'];
const conditions = /^(store: (graphdriver|containerd)|cli-(from|before): \d+|shell: (sh|powershell|cmd))$/;

/** Checks that `when`, `otherwise` and `end` are in order and between blocks. */
const lintMarks = ({step: {file}, source}: StepSubject, {report}: LintSubject): void => {
	const say = messages.workshop.text;
	let open: {node: RootContent; isTurned: boolean} | null = null;
	for (const node of extractDetails(source.content).body) {
		for (const mark of misplacedMarks(node, true)) report(file, say.misplacedMark, nodePosition(mark));
		const mark = node.type === 'html' ? parseWhenMark(node.value) : null;
		if (!mark) continue;
		if (mark.mark === 'when') {
			if (open) report(file, say.whenInWhen, nodePosition(node));
			if (!conditions.test(mark.condition)) {
				const meant = didYouMeanClause(mark.condition.split(':')[0] ?? '', conditionKeys);
				report(file, say.noCondition(mark.condition, conditionKeys) + meant, nodePosition(node));
			}
			open = {node, isTurned: false};
		} else if (!open) {
			report(file, say.noWhen(mark.mark), nodePosition(node));
		} else if (mark.mark === 'otherwise') {
			if (open.isTurned) report(file, say.secondOtherwise, nodePosition(node));
			open.isTurned = true;
		} else {
			open = null;
		}
	}
	if (open) report(file, say.openWhen, nodePosition(open.node));
};

/** Checks that the files that a text shows are there, and have the lines. */
const lintShownFiles = ({step, source}: StepSubject, subject: LintSubject): void => {
	const {misplacedShow, showsOutside, showsNoLines} = messages.workshop.text;
	for (const {node, isTop} of source.content.flatMap(one => listShowMarks(one, true))) {
		const mark = isTop ? parseShowMark(node) : null;
		const say = (message: string) => subject.report(step.file, message, nodePosition(node));
		if (!mark) {
			say(misplacedShow);
			continue;
		}
		const {path, lines} = mark;
		const shown = startFile(step, path, subject.entries);
		const entry = subject.entries.get(shown);
		const count = linesOf(subject.textAt(step, shown) ?? '').length;
		if (entry?.kind !== 'file' || isOutside(path, subject)) say(showsOutside(path));
		else if (lines && !(lines[0] >= 1 && lines[0] <= lines[1] && lines[1] <= count))
			say(showsNoLines(path, count));
	}
};

const listShowMarks = (node: Nodes, isTop: boolean): Array<{node: Nodes; isTop: boolean}> => {
	if ('children' in node) return node.children.flatMap(child => listShowMarks(child, false));
	return isMeantToShow(node) ? [{node, isTop}] : [];
};

/** Marks without effect: with other text on their line, or inside another block. */
const misplacedMarks = (node: Nodes, isTop: boolean): Nodes[] => {
	if ('children' in node) return node.children.flatMap(child => misplacedMarks(child, false));
	const isMark = node.type === 'html' && /<!--\s*(when\b|otherwise\s*-->|end\s*-->)/.test(node.value);
	return isMark && !(isTop && parseWhenMark(node.value)) ? [node] : [];
};
