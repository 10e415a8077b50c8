import type {CheckDeclaration} from '../../checks/model.js';
import type {LintSubject, StepSubject} from './lint-subject.js';

/** Checks that speak of what is not there, and challenges that pass before anything is done. */
export const lintChecks = (subject: LintSubject): void => {
	for (const one of subject.steps) {
		const {step, source} = one;
		for (const [index, check] of step.checks.entries()) {
			const trouble =
				check.check === 'file' ? fileTrouble(check, one, subject) : stageTrouble(check, one, subject);
			if (trouble)
				subject.report(step.file, trouble.message, source.locate('checks', index, ...trouble.keys));
		}
		if (step.kind === 'challenge') lintStart(one, subject);
	}
};

type Trouble = {message: string; keys: Array<string | number>};

const fileTrouble = (
	{path, has}: Extract<CheckDeclaration, {check: 'file'}>,
	{step}: StepSubject,
	{entries, draft}: LintSubject,
): Trouble | null => {
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

const stageTrouble = (
	check: CheckDeclaration,
	{step}: StepSubject,
	{entries, tools}: LintSubject,
): Trouble | null => {
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
