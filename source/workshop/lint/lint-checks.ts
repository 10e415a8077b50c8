import {judgeChecks} from '../../checks/judge.js';
import type {LintContext} from '../../checks/kind.js';
import {findKind, isAbout, readLabFacts} from '../../checks/registry.js';
import {messages} from '../../messages/index.js';
import type {Edit} from '../model.js';
import type {LintSubject, StepSubject} from './subject.js';

/** Checks of what does not exist, and challenges that pass before anything is done. */
export const lintChecks = (subject: LintSubject): void => {
	for (const one of subject.steps) {
		const {step, source} = one;
		const context = createContext(one, subject);
		for (const [index, check] of step.checks.entries()) {
			const problem = findKind(check).lint?.(check, context);
			if (problem)
				subject.report(step.file, problem.message, source.locate('checks', index, ...problem.keys));
		}
		if (step.kind === 'challenge') lintStart(one, subject);
	}
};

const createContext = ({step}: StepSubject, {entries, draft, tools}: LintSubject): LintContext => ({
	isChallenge: step.kind === 'challenge',
	contexts: draft.cover?.value.contexts ?? null,
	hasFile: path => entries.has(path),
	read: path => entries.get(path)?.text ?? null,
	dockerfile: step.command === null ? null : (tools.planBuild(step.command)?.dockerfile ?? null),
	readStages(text) {
		const {stages, problems} = tools.readDockerfile(text);
		return problems.length > 0 ? null : stages;
	},
});

const lintStart = ({step, source}: StepSubject, {entries, report}: LintSubject): void => {
	const {file, checks, judge} = step;
	// Where only runs can judge, `lint --engine` does.
	if (judge.length > 0) return;
	if (checks.length === 0) {
		report(file, messages.workshop.check.none, source.locate('kind'));
		return;
	}
	// Nothing but files is known without an engine.
	if (!checks.every(check => isAbout(check, 'lab'))) return;
	const facts = readLabFacts(checks, path => entries.get(path)?.text ?? null);
	if (judgeChecks(checks, facts).verdict !== 'passed') return;
	report(file, messages.workshop.check.startPasses, source.locate('checks'));
};

/** What runs judge a challenge, which files have one more line meanwhile, and what may be passed by. */
export const lintProofs = (subject: LintSubject): void => {
	const optional = new Set(subject.steps.flatMap(({step}) => (step.optional ? [step.id] : [])));
	for (const one of subject.steps) {
		const {step, source} = one;
		lintJudge(one, subject);
		if (step.edit && step.kind !== 'run') {
			subject.report(step.file, messages.workshop.check.editWithoutCommand, source.locate('edit'));
		} else {
			lintEdit(step.edit, ['edit'], one, subject);
		}
		const need = step.optional ? undefined : step.needs.find(id => optional.has(id));
		if (need !== undefined) {
			const place = source.locate('needs', step.needs.indexOf(need));
			subject.report(step.file, messages.workshop.step.needsOptional(need), place);
		}
	}
};

const lintJudge = (one: StepSubject, subject: LintSubject): void => {
	const {step, source} = one;
	const {report} = subject;
	if (step.judge.length > 0 && step.kind !== 'challenge') {
		report(step.file, messages.workshop.check.judgeOfCommand, source.locate('judge'));
		return;
	}
	for (const [index, {run, edit, checks}] of step.judge.entries()) {
		if (checks.length === 0) {
			report(step.file, messages.workshop.check.proofWithoutCheck, source.locate('judge', index));
		}
		const build = subject.tools.planBuild(run);
		if (build && !isInContext(build.dockerfile, subject)) {
			const message = messages.workshop.command.buildsOutside(build.dockerfile);
			report(step.file, message, source.locate('judge', index, 'run'));
		}
		lintEdit(edit, ['judge', index, 'edit'], one, subject);
	}
};

const lintEdit = (
	edit: Edit | null,
	keys: Array<string | number>,
	{step, source}: StepSubject,
	subject: LintSubject,
): void => {
	if (!edit || !subject.draft.cover) return;
	if (isInContext(edit.file, subject) && subject.entries.get(edit.file)?.kind === 'file') return;
	const message = messages.workshop.check.editsOutside(edit.file);
	subject.report(step.file, message, source.locate(...keys, 'file'));
};

const isInContext = (file: string, {draft}: LintSubject): boolean =>
	draft.cover?.value.contexts.some(context => file.startsWith(`${context}/`)) ?? true;
