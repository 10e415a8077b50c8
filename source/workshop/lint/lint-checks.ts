import {judgeChecks} from '../../checks/judge.js';
import type {LintContext} from '../../checks/kind.js';
import {findKind, isAbout, readLabFacts} from '../../checks/registry.js';
import {messages} from '../../messages/index.js';
import type {Edit} from '../model.js';
import {isChallenge, isCleanup, locateChecks, runsCommand} from '../steps.js';
import {isOutside, type LintSubject, readStages, type StepSubject, startFile} from './subject.js';

/** Reports checks of things that do not exist, and challenges that pass in their start state. */
export const lintChecks = ({steps, contexts, entries, isBuild, planBuild, textAt}: LintSubject): void => {
	for (const {step, report} of steps) {
		// Its missing command is reported elsewhere.
		if (isCleanup(step)) continue;
		const {checks, judge} = step;
		const read = (path: string) => textAt(step, startFile(step, path, entries));
		const context: LintContext = {
			isChallenge: isChallenge(step),
			contexts,
			hasFile: path => entries.has(startFile(step, path, entries)),
			read,
			dockerfile: planBuild(step.command)?.dockerfile ?? null,
			isBuild: isBuild(step.command),
			readStages,
		};
		for (const {check, keys} of locateChecks(step)) {
			const problem = findKind(check).lint?.(check, context);
			if (problem) report(problem.message, ...keys, ...problem.keys);
		}
		// Proofs are left to `lint --engine`.
		if (!isChallenge(step) || judge.length > 0) continue;
		if (checks.length === 0) report(messages.workshop.check.none, 'kind');
		// Without an engine, only files are known.
		else if (
			checks.every(check => isAbout(check, 'lab')) &&
			judgeChecks(checks, readLabFacts(checks, read)).verdict === 'passed'
		)
			report(messages.workshop.check.startPasses, 'checks');
	}
};

/** Checks the proofs of challenges, temporary edits of files, and needs of optional steps. */
export const lintProofs = (subject: LintSubject): void => {
	const {steps} = subject;
	const {editWithoutCommand, judgeOfCommand} = messages.workshop.check;
	const optional = new Set(steps.flatMap(({step}) => (step.optional ? [step.id] : [])));
	for (const one of steps) {
		const {step, report} = one;
		if (step.judge.length > 0 && !isChallenge(step)) report(judgeOfCommand, 'judge');
		else lintJudge(one, subject);
		if (step.edit && !runsCommand(step)) report(editWithoutCommand, 'edit');
		else lintEdit(step.edit, ['edit'], one, subject);
		const need = step.optional ? undefined : step.needs.find(id => optional.has(id));
		if (need !== undefined)
			report(messages.workshop.step.needsOptional(need), 'needs', step.needs.indexOf(need));
	}
};

const lintJudge = (one: StepSubject, subject: LintSubject): void => {
	const {step, report} = one;
	for (const [index, {run, edit, checks}] of step.judge.entries()) {
		if (checks.length === 0) report(messages.workshop.check.proofWithoutCheck, 'judge', index);
		const build = subject.planBuild(run);
		if (build && isOutside(build.dockerfile, subject))
			report(messages.workshop.command.buildsOutside(build.dockerfile), 'judge', index, 'run');
		lintEdit(edit, ['judge', index, 'edit'], one, subject);
	}
};

const lintEdit = (
	edit: Edit | null,
	keys: Array<string | number>,
	{step, report}: StepSubject,
	subject: LintSubject,
): void => {
	if (!edit || !subject.contexts) return;
	const {file, replace = ''} = edit;
	const entry = subject.entries.get(file);
	const {editsOutside, editsNothing} = messages.workshop.check;
	if (isOutside(file, subject) || entry?.kind !== 'file') report(editsOutside(file), ...keys, 'file');
	else if (entry.text !== null && !subject.textAt(step, file)?.includes(replace))
		report(editsNothing(file, replace), ...keys, 'replace');
};
