import type {Edit} from '../model.js';
import type {LintSubject, StepSubject} from './lint-subject.js';

/** What runs judge a challenge, which files have one more line meanwhile, and what may be passed by. */
export const lintProofs = (subject: LintSubject): void => {
	const optional = new Set(subject.steps.flatMap(({step}) => (step.optional ? [step.id] : [])));
	for (const one of subject.steps) {
		const {step, source} = one;
		lintJudge(one, subject);
		if (step.edit && step.kind !== 'run') {
			subject.report(step.file, 'only a step that runs a command has an `edit`', source.locate('edit'));
		} else {
			lintEdit(step.edit, ['edit'], one, subject);
		}
		const need = step.optional ? -1 : step.needs.findIndex(id => optional.has(id));
		if (need >= 0) {
			const message = `needs \`${step.needs[need]}\`, which is optional`;
			subject.report(step.file, message, source.locate('needs', need));
		}
	}
};

const lintJudge = (one: StepSubject, subject: LintSubject): void => {
	const {step, source} = one;
	const {report} = subject;
	if (step.judge.length > 0 && step.kind !== 'challenge') {
		report(step.file, 'only a challenge has a `judge`: another step has a command', source.locate('judge'));
		return;
	}
	for (const [index, {run, edit, checks}] of step.judge.entries()) {
		if (checks.length === 0) {
			report(step.file, 'a proof has a check: else it proves nothing', source.locate('judge', index));
		}
		const build = subject.tools.planBuild(run);
		if (build && !isInContext(build.dockerfile, subject)) {
			const message = `builds \`${build.dockerfile}\`, which is in no context`;
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
	const message = `adds a line to \`${edit.file}\`, which is no file of a context`;
	subject.report(step.file, message, source.locate(...keys, 'file'));
};

const isInContext = (file: string, {draft}: LintSubject): boolean =>
	draft.cover?.value.contexts.some(context => file.startsWith(`${context}/`)) ?? true;
