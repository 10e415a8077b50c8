import {haveOwnFindings} from '../../checks/registry.js';
import {messages} from '../../messages/index.js';
import {didYouMeanClause} from '../../text/wording.js';
import type {Overlay} from '../model.js';
import {parseOverlay} from '../parse-workshop.js';
import {allChecks, brokenFolder, isChallenge} from '../steps.js';
import {describeUntraceable} from './lint-commands.js';
import {isOutside, type LintSubject, type StepSubject} from './subject.js';

/** A folder `solutions/<challenge>/` or `attempts/<challenge>/<name>/`. */
type Answer = {folder: string; challenge: string; isSolution: boolean};

/** Checks the solutions and attempts of challenges. */
export const lintAnswers = (subject: LintSubject): void => {
	const {steps, entries, report} = subject;
	const challenges = new Map(
		steps.filter(({step}) => isChallenge(step)).map(one => [one.step.id, one] as const),
	);
	for (const one of challenges.values()) {
		const file = `solutions/${one.step.id}/run.yaml`;
		if (!entries.has(file)) one.report(messages.workshop.answer.noSolution(file), 'id');
	}
	const foreign = new Set<string>();
	for (const answer of listAnswers(subject)) {
		const {challenge, folder, isSolution} = answer;
		const one = challenges.get(challenge);
		const home = `${isSolution ? 'solutions' : 'attempts'}/${challenge}`;
		if (one) lintAnswer(answer, one, subject);
		else if (!subject.draft.broken.has(challenge) && !foreign.has(home))
			report(home, describeStrayAnswer(challenge, [...challenges.keys()]));
		foreign.add(home);
		if (one && !isSolution && !entries.has(`${folder}/run.yaml`))
			report(folder, messages.workshop.answer.noRunFile);
	}
};

const describeStrayAnswer = (challenge: string, known: string[]): string =>
	messages.workshop.answer.noChallenge(challenge) + didYouMeanClause(challenge, known);

const listAnswers = ({entries, report}: LintSubject): Answer[] =>
	[...entries.values()].flatMap(({path, kind}): Answer[] => {
		const [home, challenge, name, ...below] = path.split('/');
		const isSolution = home === 'solutions';
		if ((!isSolution && home !== 'attempts') || challenge === undefined) return [];
		const depth = isSolution ? 2 : 3;
		const isAnswer = path.split('/').length === depth;
		if (kind === 'file' && (isAnswer || (name === undefined && below.length === 0))) {
			report(path, messages.workshop.answer[isSolution ? 'solutionIsFile' : 'attemptIsFile']);
			return [];
		}
		return isAnswer && kind === 'folder' ? [{folder: path, challenge, isSolution}] : [];
	});

const lintAnswer = ({folder, isSolution}: Answer, {step}: StepSubject, subject: LintSubject): void => {
	const {entries, report} = subject;
	const file = `${folder}/run.yaml`;
	const text = entries.get(file)?.text ?? null;
	if (text !== null) {
		const {overlay, locate, problems} = parseOverlay(file, text);
		for (const {message, ...place} of problems) report(file, message, place);
		if (overlay) {
			const trouble = findFindingProblem(overlay, isSolution, allChecks(step));
			if (trouble) report(file, trouble, locate('finding'));
			for (const [index, words] of overlay.commands.entries()) {
				const {withoutProgram} = messages.workshop.command;
				const wrong = words[0]?.trim() === '' ? withoutProgram : describeUntraceable(words);
				if (wrong) report(file, wrong, locate('commands', index));
			}
		}
	}
	for (const {path, kind} of entries.values()) {
		if (kind !== 'file' || path === file || !path.startsWith(`${folder}/`)) continue;
		const inLab = path.slice(folder.length + 1);
		if (isOutside(inLab, subject)) report(path, messages.workshop.answer.outsideContexts(inLab));
	}
};

/** Checks the files with which repairs begin. */
export const lintBroken = (subject: LintSubject): void => {
	const {steps, entries, draft, report} = subject;
	const say = messages.workshop.broken;
	const repairs = steps.filter(({step}) => step.kind === 'repair');
	for (const {step, report: reportStep} of repairs) {
		const folder = brokenFolder(step);
		const isEmpty = ![...entries.values()].some(
			({path, kind}) => kind === 'file' && path.startsWith(`${folder}/`),
		);
		if (isEmpty && step.setup.length === 0) reportStep(say.nothing(`${folder}/`), 'id');
	}
	const foreign = new Set<string>();
	for (const {path, kind} of entries.values()) {
		const [home, id, ...below] = path.split('/');
		if (home !== 'broken' || id === undefined) continue;
		const inLab = below.join('/');
		const isKnown = draft.broken.has(id) || repairs.some(({step}) => step.id === id);
		if (below.length === 0 && kind === 'file') report(path, say.isFile);
		else if (!isKnown && !foreign.has(id)) report(`broken/${id}`, say.noRepair(id));
		else if (isKnown && kind === 'file' && isOutside(inLab, subject))
			report(path, messages.workshop.answer.outsideContexts(inLab));
		foreign.add(id);
	}
};

const findFindingProblem = (
	{finding}: Overlay,
	isSolution: boolean,
	checks: StepSubject['step']['checks'],
): string | null => {
	const {solutionFails, attemptPasses, unknownFinding} = messages.workshop.answer;
	if (isSolution) return finding === 'passed' ? null : solutionFails;
	if (finding === 'passed') return attemptPasses;
	// A challenge without checks is reported elsewhere.
	const isOpen = checks.length === 0 || haveOwnFindings(checks);
	if (isOpen || checks.some(check => check.finding === finding)) return null;
	const known = checks.map(check => check.finding);
	return unknownFinding(finding, known) + didYouMeanClause(finding, known);
};
