import {parseExport} from '../dialect.js';
import type {Step, StepKind} from '../model.js';
import {isInContext} from '../steps.js';
import {type LintSubject, locateCommand, type StepSubject} from './subject.js';

/** What a step of a kind must or must not have as a command. */
export const lintCommands = (subject: LintSubject): void => {
	for (const one of subject.steps) {
		lintKind(one, subject);
		lintBuild(one, subject);
		if (one.step.kind !== 'builder') {
			lintShell(one, subject);
			lintOwnership(one, subject);
		}
	}
};

const withoutCommand: Partial<Record<StepKind, string>> = {
	read: 'a step of the kind `read` has no command: nobody would run it',
	challenge: 'a challenge has no command: the learner finds it; put yours into the solution',
};

const lintKind = (one: StepSubject, {report}: LintSubject): void => {
	const {step, source} = one;
	const {kind, command, checks, file} = step;
	const forbidden = withoutCommand[kind];
	if (command !== null && forbidden) report(file, forbidden, locateCommand(one));
	if (kind === 'builder') {
		const chosen = parseExport(command ?? '');
		if (chosen?.name === 'DOCKER_BUILDKIT' && /^[01]$/.test(chosen.value)) return;
		const wanted = 'a step of the kind `builder` has the command `export DOCKER_BUILDKIT=0`, or `=1`';
		report(file, wanted, command === null ? source.locate('kind') : locateCommand(one));
	}
	// Without a command it is the clean-up, which is the program's.
	if (kind === 'run' && command !== null && checks.length === 0) {
		report(
			file,
			'a step that runs a command has a check: else it passes whatever happens',
			source.locate('kind'),
		);
	}
};

const lintBuild = (one: StepSubject, {tools, entries, draft, report}: LintSubject): void => {
	const {step, source} = one;
	const build = step.command === null || step.kind !== 'run' ? null : tools.planBuild(step.command);
	if (!build) {
		if (step.predict)
			report(
				step.file,
				'`predict` asks about stages, and this command builds none',
				source.locate('predict'),
			);
		return;
	}
	const entry = entries.get(build.dockerfile);
	const isGiven = !draft.cover || isInContext(build.dockerfile, draft.cover.value.contexts);
	if (!entry || !isGiven) {
		report(step.file, `builds \`${build.dockerfile}\`, which is in no context`, locateCommand(one));
		return;
	}
	if (entry.text === null) return;
	const {stages, problems} = tools.readDockerfile(entry.text);
	const {target} = build;
	if (problems.length === 0 && target !== undefined && !stages.includes(target.toLowerCase())) {
		const message = `\`${build.dockerfile}\` has no stage \`${target}\``;
		report(step.file, message, locateCommand(one, `--target ${target}`));
	}
};

/** Commands are run without a shell: what only a shell understands would be handed to the program. */
const lintShell = (one: StepSubject, {report}: LintSubject): void => {
	const {command, file} = one.step;
	if (command?.includes('\n')) {
		report(file, 'a step has at most one command, on one line', locateCommand(one, command.split('\n')[1]));
		return;
	}
	const bare = command?.replace(/'[^']*'|"[^"]*"/g, quoted => '_'.repeat(quoted.length)) ?? '';
	const [operator] = /\|\|?|&&?|;|>>?|<|\$\(|`|\$\w+/.exec(bare) ?? [];
	if (operator === undefined) return;
	report(file, `\`${operator}\` needs a shell, and commands run without one`, locateCommand(one, operator));
};

/** What a workshop makes has to be known to clean-up. */
const lintOwnership = (one: StepSubject, {tools, report}: LintSubject): void => {
	const {command, judge, file} = one.step;
	const trouble = command === null ? null : tools.untraceable(tools.splitCommand(command));
	if (command !== null && trouble) report(file, `\`${command}\` ${trouble}`, locateCommand(one));
	for (const [index, {run}] of judge.entries()) {
		const wrong = tools.untraceable(tools.splitCommand(run));
		if (wrong) report(file, `\`${run}\` ${wrong}`, one.source.locate('judge', index, 'run'));
	}
};

/** Placeholders in commands that no step fills, or none that is sure to have run before. */
export const lintPlaceholders = ({steps, draft, report}: LintSubject): void => {
	const all = steps.map(({step}) => step);
	for (const one of steps) {
		for (const [written] of one.step.command?.matchAll(/\{\{[^}]*\}*/g) ?? []) {
			const name = /^\{\{([\w-]+)\}\}$/.exec(written)?.[1];
			const trouble =
				name === undefined
					? `\`${written}\` is no placeholder: write it as \`{{name}}\``
					: describeMissingCapture(name, one.step, all, draft.broken);
			if (trouble) report(one.step.file, trouble, locateCommand(one, written));
		}
	}
};

const describeMissingCapture = (
	name: string,
	step: Step,
	all: Step[],
	broken: ReadonlySet<string>,
): string | null => {
	const sources = all.filter(({capture}) => Object.hasOwn(capture, name));
	const [first] = sources;
	// A step that can't be read may be the one.
	if (!first) return broken.size > 0 ? null : `\`{{${name}}}\` is captured by no step`;
	const before = sources.filter(source => all.indexOf(source) < all.indexOf(step));
	if (before.length === 0) return `\`{{${name}}}\` is captured only later, by \`${first.id}\``;
	const needed = collectNeeds(step, all);
	if (before.some(({id}) => needed.has(id))) return null;
	return `\`{{${name}}}\` is captured by \`${before.at(-1)?.id}\`, which this step does not need`;
};

/** Ids of all steps that a step needs, directly or not. */
const collectNeeds = (step: Step, all: Step[]): Set<string> => {
	const needed = new Set(step.needs);
	// A set hands out what is added to it while it is walked through.
	for (const id of needed) for (const need of all.find(one => one.id === id)?.needs ?? []) needed.add(need);
	return needed;
};
