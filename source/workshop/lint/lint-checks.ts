import type {CheckDeclaration} from '../../checks/model.js';
import type {Edit} from '../model.js';
import type {LintSubject, StepSubject} from './subject.js';

/** Checks that speak of what is not there, and challenges that pass before anything is done. */
export const lintChecks = (subject: LintSubject): void => {
	for (const one of subject.steps) {
		const {step, source} = one;
		for (const [index, check] of step.checks.entries()) {
			const trouble =
				check.check === 'file' ? findFileProblem(check, one, subject) : findStageProblem(check, one, subject);
			if (trouble)
				subject.report(step.file, trouble.message, source.locate('checks', index, ...trouble.keys));
		}
		if (step.kind === 'challenge') lintStart(one, subject);
	}
};

type CheckProblem = {message: string; keys: Array<string | number>};

const findFileProblem = (
	{path, has}: Extract<CheckDeclaration, {check: 'file'}>,
	{step}: StepSubject,
	{entries, draft}: LintSubject,
): CheckProblem | null => {
	const {contexts} = draft.cover?.value ?? {};
	if (!contexts) return null;
	if (!contexts.some(context => path.startsWith(`${context}/`))) {
		return {message: `looks at \`${path}\`, which is in no context`, keys: ['path']};
	}
	// What a challenge looks for may be the learner's to write.
	if (step.kind === 'challenge') return null;
	const entry = entries.get(path);
	if (!entry) return {message: `looks at \`${path}\`, which is not there`, keys: ['path']};
	const {text} = entry;
	const absent = text === null ? -1 : has.findIndex(piece => !text.includes(piece));
	return absent < 0 ? null : {message: `\`${path}\` has no \`${has[absent]}\``, keys: ['has', absent]};
};

const findStageProblem = (
	check: CheckDeclaration,
	{step}: StepSubject,
	{entries, tools}: LintSubject,
): CheckProblem | null => {
	if (check.check !== 'stages' || step.kind === 'challenge') return null;
	const build = step.command === null ? null : tools.planBuild(step.command);
	if (!build) return {message: 'looks at stages, and this step builds none', keys: ['check']};
	const text = entries.get(build.dockerfile)?.text ?? null;
	if (text === null) return null;
	const {stages, problems} = tools.readDockerfile(text);
	if (problems.length > 0) return null;
	const lists = {done: check.done, skipped: check.skipped, cached: check.cached};
	for (const [key, names = []] of Object.entries(lists)) {
		const index = names.findIndex(name => !stages.includes(name.toLowerCase()));
		if (index >= 0) {
			return {message: `\`${build.dockerfile}\` has no stage \`${names[index]}\``, keys: [key, index]};
		}
	}
	return null;
};

const lintStart = ({step, source}: StepSubject, {entries, tools, report}: LintSubject): void => {
	// Where nothing but runs can tell, `lint --engine` does.
	if (step.judge.length > 0) return;
	if (step.checks.length === 0) {
		report(step.file, 'a challenge without checks passes before anything is done', source.locate('kind'));
		return;
	}
	if (!tools.passesAtStart(step.checks, path => entries.get(path)?.text ?? null)) return;
	report(
		step.file,
		'the start state passes already: nothing is left for the learner to do',
		source.locate('checks'),
	);
};

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
