import type {List, ListItem} from 'mdast';
import {messages} from '../../messages/index.js';
import {extractDetails, nodePosition} from '../markdown.js';
import {isTaskList, readAnswer} from '../questions.js';
import {maxChoices} from '../schema.js';
import {isCleanup, runsCommand} from '../steps.js';
import type {LintSubject, StepSubject} from './subject.js';

/** Checks that each question can be answered, and that each wrong answer is explained. */
export const lintQuestions = (subject: LintSubject): void => {
	const questions = new Set(subject.steps.flatMap(({step}) => (step.kind === 'question' ? [step.id] : [])));
	for (const one of subject.steps) {
		const {step, report} = one;
		for (const [index, need] of step.needs.entries())
			if (questions.has(need)) report(messages.workshop.question.needed(need), 'needs', index);
		if (step.kind === 'question') lintQuestion(one, subject);
		else lintStrayKeys(one);
	}
};

const lintStrayKeys = ({source: {keys}, report}: StepSubject): void => {
	const written = {answer: keys.answer, wrong: keys.wrong[0], otherwise: keys.otherwise};
	for (const [key, value] of Object.entries(written))
		if (value) report(messages.workshop.question.onlyOfQuestion(key), key);
};

const lintQuestion = (one: StepSubject, subject: LintSubject): void => {
	const {
		step: {file, checks},
		source: {keys, content},
		report,
	} = one;
	const say = messages.workshop.question;
	if (checks.length > 0) report(say.withChecks, 'checks');
	const [list, ...others] = extractDetails(content).body.filter(isTaskList);
	for (const other of others) subject.report(file, say.secondList, nodePosition(other));
	if (list) {
		if (keys.answer) report(say.twoKinds, 'answer');
		lintChoices(list, (message, node) => subject.report(file, message, nodePosition(node)));
	} else if (keys.answer) lintTypedAnswer(one);
	else report(say.noAnswer, 'kind');
};

const lintChoices = (list: List, report: (message: string, node: List | ListItem) => void): void => {
	const say = messages.workshop.question;
	const {children: items} = list;
	if (items.length < 2 || items.length > maxChoices) report(say.answerCount(items.length, maxChoices), list);
	if (!items.some(({checked}) => checked === true)) report(say.noneRight, list);
	const labels = new Set<string>();
	for (const item of items) {
		const {label, isRight, explanation} = readAnswer(item);
		if (typeof item.checked !== 'boolean') report(say.noBox, item);
		else if (label === '') report(say.emptyAnswer, item);
		else if (labels.has(label)) report(say.sameAnswer(label), item);
		else if (!isRight && explanation.children.length === 0) report(say.notExplained, item);
		labels.add(label);
	}
};

const lintTypedAnswer = ({source: {keys}, report}: StepSubject): void => {
	const say = messages.workshop.question;
	const {answer, otherwise} = keys;
	if (otherwise === null) report(say.noOtherwise, 'answer');
	if (typeof answer?.is === 'string' && answer.tolerance > 0)
		report(say.toleranceOfWord, 'answer', 'tolerance');
};

/** Checks that what is predicted can be seen in the run. */
export const lintPredictions = ({steps, isBuild: builds, planBuild, textAt}: LintSubject): void => {
	const say = messages.workshop.prediction;
	for (const {step, report} of steps) {
		const {command, predict, compare} = step;
		// A missing command is reported elsewhere.
		if (!predict || (isCleanup(step) && step.checks.length > 0)) continue;
		const {about} = predict;
		const isBuild = runsCommand(step) && builds(command);
		// What a file defines is known only once it is built.
		const isForeseen = isBuild && planBuild(command) !== null;
		if ((about === 'stages' || about === 'cached') && !isForeseen)
			report(isBuild ? say.stagesUnknown : say.noStages, 'predict');
		else if (!runsCommand(step) || command === null) report(say.nothingRuns, 'predict');
		else if ((about === 'line' || about === 'port') && isBuild) report(say.nothingPrinted(about), 'predict');
		else if (about === 'bigger' && compare.length < 2) report(say.nothingCompared, 'predict');
		const build = planBuild(command);
		const text = build && textAt(step, build.dockerfile);
		for (const [index, choice] of ((about === 'cached' && predict.choices) || []).entries())
			if (build && text && !text.includes(choice))
				report(say.notInDockerfile(choice, build.dockerfile), 'predict', 'choices', index);
	}
};
