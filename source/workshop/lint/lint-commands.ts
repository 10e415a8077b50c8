import {parseExport} from '../dialect.js';
import type {StepKind} from '../model.js';
import type {LintSubject, StepSubject} from './lint-subject.js';
import {placeInCommand} from './place-in-command.js';

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
	if (command !== null && forbidden) report(file, forbidden, placeInCommand(one));
	if (kind === 'builder') {
		const chosen = parseExport(command ?? '');
		if (chosen?.name === 'DOCKER_BUILDKIT' && /^[01]$/.test(chosen.value)) return;
		const wanted = 'a step of the kind `builder` has the command `export DOCKER_BUILDKIT=0`, or `=1`';
		report(file, wanted, command === null ? source.locate('kind') : placeInCommand(one));
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
	const isGiven =
		draft.cover?.value.contexts.some(context => build.dockerfile.startsWith(`${context}/`)) ?? true;
	if (!entry || !isGiven) {
		report(step.file, `builds \`${build.dockerfile}\`, which is in no context`, placeInCommand(one));
		return;
	}
	if (entry.text === null) return;
	const {stages, problems} = tools.readDockerfile(entry.text);
	const {target} = build;
	if (problems.length === 0 && target !== undefined && !stages.includes(target.toLowerCase())) {
		const message = `\`${build.dockerfile}\` has no stage \`${target}\``;
		report(step.file, message, placeInCommand(one, `--target ${target}`));
	}
};

/** Commands are run without a shell: what only a shell understands would be handed to the program. */
const lintShell = (one: StepSubject, {report}: LintSubject): void => {
	const {command, file} = one.step;
	if (command?.includes('\n')) {
		report(file, 'a step has at most one command, on one line', placeInCommand(one, command.split('\n')[1]));
		return;
	}
	const bare = command?.replace(/'[^']*'|"[^"]*"/g, quoted => '_'.repeat(quoted.length)) ?? '';
	const [operator] = /\|\|?|&&?|;|>>?|<|\$\(|`|\$\w+/.exec(bare) ?? [];
	if (operator === undefined) return;
	report(file, `\`${operator}\` needs a shell, and commands run without one`, placeInCommand(one, operator));
};

/** What a workshop makes has to be known to clean-up. */
const lintOwnership = (one: StepSubject, {tools, report}: LintSubject): void => {
	const {command, judge, file} = one.step;
	const trouble = command === null ? null : tools.untraceable(tools.splitCommand(command));
	if (command !== null && trouble) report(file, `\`${command}\` ${trouble}`, placeInCommand(one));
	for (const [index, {run}] of judge.entries()) {
		const wrong = tools.untraceable(tools.splitCommand(run));
		if (wrong) report(file, `\`${run}\` ${wrong}`, one.source.locate('judge', index, 'run'));
	}
};
