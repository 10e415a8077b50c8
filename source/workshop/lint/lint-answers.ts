import {haveOwnFindings} from '../../checks/registry.js';
import {messages} from '../../messages/index.js';
import type {Overlay} from '../model.js';
import {parseOverlay} from '../parse-workshop.js';
import type {Locate} from '../parse-yaml.js';
import {allChecks, isInContext} from '../steps.js';
import type {LintSubject, StepSubject} from './subject.js';

/** `solutions/<challenge>/` or `attempts/<challenge>/<name>/`. */
type Answer = {folder: string; challenge: string; isSolution: boolean};

/** Solutions and attempts of the challenges. */
export const lintAnswers = (subject: LintSubject): void => {
	const {steps, entries, report} = subject;
	const challenges = new Map(
		steps.filter(({step}) => step.kind === 'challenge').map(one => [one.step.id, one] as const),
	);
	for (const {step, source} of challenges.values()) {
		const file = `solutions/${step.id}/run.yaml`;
		if (!entries.has(file)) report(step.file, messages.workshop.answer.noSolution(file), source.locate('id'));
	}
	const isBroken = (id: string) => subject.draft.broken.has(id);
	const foreign = new Set<string>();
	for (const answer of listAnswers(subject)) {
		const {challenge, folder, isSolution} = answer;
		const one = challenges.get(challenge);
		const home = `${isSolution ? 'solutions' : 'attempts'}/${challenge}`;
		if (one) lintAnswer(answer, one, subject);
		else if (!isBroken(challenge) && !foreign.has(home))
			report(home, messages.workshop.answer.noChallenge(challenge));
		foreign.add(home);
		if (one && !isSolution && !entries.has(`${folder}/run.yaml`))
			report(folder, messages.workshop.answer.noRunFile);
	}
};

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
	const {entries, draft, report} = subject;
	const file = `${folder}/run.yaml`;
	const text = entries.get(file)?.text ?? null;
	if (text !== null) {
		const {overlay, locate, problems} = parseOverlay(file, text);
		for (const {message, ...place} of problems) report(file, message, place);
		if (overlay) {
			const trouble = findFindingProblem(overlay, isSolution, allChecks(step));
			if (trouble) report(file, trouble, locate('finding'));
			reportCommands(overlay, file, locate, subject);
		}
	}
	const contexts = draft.cover?.value.contexts;
	for (const {path, kind} of entries.values()) {
		if (kind !== 'file' || path === file || !path.startsWith(`${folder}/`) || !contexts) continue;
		const inLab = path.slice(folder.length + 1);
		if (isInContext(inLab, contexts)) continue;
		report(path, messages.workshop.answer.outsideContexts(inLab));
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
	// A challenge without checks has its own problem.
	const isOpen = checks.length === 0 || haveOwnFindings(checks);
	if (isOpen || checks.some(check => check.finding === finding)) return null;
	const known = checks.map(check => check.finding);
	return unknownFinding(finding, known);
};

const reportCommands = (
	{commands}: Overlay,
	file: string,
	locate: Locate,
	{tools, report}: LintSubject,
): void => {
	const {withoutProgram, untraceable} = messages.workshop.command;
	for (const [index, words] of commands.entries()) {
		if (words[0]?.trim() === '') report(file, withoutProgram, locate('commands', index));
		const trouble = tools.untraceable(words);
		if (trouble) report(file, untraceable(words.join(' '), trouble), locate('commands', index));
	}
};
