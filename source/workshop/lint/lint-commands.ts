import parseArgsStringToArgv from 'string-argv';
import {listCaptured} from '../../checks/registry.js';
import {parseDockerCommand} from '../../docker/command.js';
import {explainUntraceable} from '../../docker/effects.js';
import {messages} from '../../messages/index.js';
import {findStrayBraces, isTemplateWord, listPlaceholders} from '../../text/placeholders.js';
import {didYouMeanClause} from '../../text/wording.js';
import type {Step} from '../model.js';
import {blankMark, chosenBuilder, countBlanks, includeNeeds, locateChecks, runsCommand} from '../steps.js';
import {isOutside, type LintSubject, readStages, type StepSubject} from './subject.js';

/** Checks that each step has a command that suits its kind. */
export const lintCommands = (subject: LintSubject): void => {
	for (const one of subject.steps) {
		// A blank that nothing fills is reported when the workshop is read.
		if (countBlanks(one.step.command ?? '') > 0) continue;
		lintKind(one);
		lintBuild(one, subject);
		lintBeside(one, subject);
		if (one.step.kind === 'builder') continue;
		lintShell(one);
		lintOwnership(one);
		lintTerminal(one);
	}
};

const lintKind = ({step, report, reportCommand}: StepSubject): void => {
	const {kind, command, checks} = step;
	const {forbidden, ofBuilderStep, withoutCheck} = messages.workshop.command;
	if (command === null) {
		if (kind === 'builder') report(ofBuilderStep, 'kind');
		// A `run` step without a command is the clean-up.
		return;
	}
	if (kind === 'read' || kind === 'challenge' || kind === 'repair' || kind === 'question')
		reportCommand(forbidden[kind]);
	else if (kind === 'builder' && chosenBuilder(step) === null) reportCommand(ofBuilderStep);
	else if (runsCommand(step) && checks.length === 0) report(withoutCheck, 'kind');
};

const lintBuild = ({step, reportCommand}: StepSubject, subject: LintSubject): void => {
	const build = runsCommand(step) ? subject.planBuild(step.command) : null;
	const {buildsOutside} = messages.workshop.command;
	if (!build) return;
	const {dockerfile, target} = build;
	const entry = subject.entries.get(dockerfile);
	if (!entry || isOutside(dockerfile, subject)) reportCommand(buildsOutside(dockerfile));
	else if (target !== undefined && entry.text !== null) {
		const known = readStages(subject.textAt(step, dockerfile) ?? '');
		if (known?.includes(target.toLowerCase()) !== false) return;
		const {missing} = messages.checks.stages.lint;
		reportCommand(missing(dockerfile, target) + didYouMeanClause(target, known), `--target ${target}`);
	}
};

/** What a build is set beside has to be another build, which has run before. */
const lintBeside = ({step: {id, kind, command, beside}, report}: StepSubject, subject: LintSubject): void => {
	if (beside === null || subject.draft.broken.has(beside)) return;
	const say = messages.workshop.beside;
	const steps = subject.steps.map(one => one.step);
	const other = steps.find(step => step.id === beside);
	const isBuild = (step: Pick<Step, 'kind' | 'command'>) =>
		runsCommand(step) && subject.planBuild(step.command) !== null;
	if (!isBuild({kind, command})) report(say.noBuild, 'beside');
	else if (!other) {
		const known = steps.map(step => step.id).filter(one => one !== id);
		report(say.unknown(beside) + didYouMeanClause(beside, known), 'beside');
	} else if (steps.indexOf(other) >= steps.findIndex(step => step.id === id))
		report(say.notEarlier(beside), 'beside');
	else if (!isBuild(other)) report(say.otherNoBuild(beside), 'beside');
};

/** Commands run without a shell, so shell syntax would be passed to the program. */
const lintShell = ({step: {command, setup}, report, reportCommand}: StepSubject): void => {
	const {secondLine, needsShell} = messages.workshop.command;
	const [, second] = command?.split('\n') ?? [];
	const operator = findOperator(command ?? '');
	if (second !== undefined) reportCommand(secondLine, second);
	else if (operator !== null) reportCommand(needsShell(operator), operator);
	for (const [index, line] of setup.entries()) {
		const wrong = findOperator(line);
		if (wrong !== null) report(needsShell(wrong), 'setup', index);
	}
};

/** The first operator of a line that only a shell understands; null if there is none. */
const findOperator = (line: string): string | null => {
	const bare = line.replace(/'[^']*'|"[^"]*"/g, quoted => '_'.repeat(quoted.length));
	return /\|\|?|&&?|;|>>?|<|\$\(|`|\$\w+/.exec(bare)?.[0] ?? null;
};

/** Clean-up must be able to find everything that a workshop creates. */
const lintOwnership = ({step: {command, judge, setup}, report, reportCommand}: StepSubject): void => {
	const trouble = command === null ? null : describeUntraceable(parseArgsStringToArgv(command), command);
	if (trouble) reportCommand(trouble);
	for (const [index, {run}] of judge.entries()) {
		const wrong = describeUntraceable(parseArgsStringToArgv(run), run);
		if (wrong) report(wrong, 'judge', index, 'run');
	}
	for (const [index, line] of setup.entries()) {
		const wrong = describeUntraceable(parseArgsStringToArgv(line), line);
		if (wrong) report(wrong, 'setup', index);
	}
};

/** Warns of commands that ask for a terminal, which only a person at a screen has. */
const lintTerminal = ({step: {command, judge}, warn, warnCommand}: StepSubject): void => {
	const {needsTerminal} = messages.workshop.command;
	if (command !== null && asksForTerminal(command))
		warnCommand(needsTerminal, /\s(-\w*t\w*|--tty)\b/.exec(command)?.[1]);
	for (const [index, {run}] of judge.entries())
		if (asksForTerminal(run)) warn(needsTerminal, 'judge', index, 'run');
};

const asksForTerminal = (command: string): boolean =>
	parseDockerCommand(parseArgsStringToArgv(command))?.flags.isOn('tty') ?? false;

/** Why clean-up could not remove what a command creates; null if it can. `words`: the command, split. */
export const describeUntraceable = (words: string[], command = words.join(' ')): string | null => {
	const [program, ...rest] = words;
	// The standalone Compose does the same.
	const docker = parseDockerCommand(program === 'docker-compose' ? ['docker', 'compose', ...rest] : words);
	const trouble = docker && explainUntraceable(docker);
	return trouble && messages.workshop.command.untraceable(command, trouble);
};

/** Reports placeholders that no step fills, or no step that is sure to run before, and braces that may be meant as one. */
export const lintPlaceholders = ({steps, draft}: LintSubject): void => {
	const all = steps.map(({step}) => step);
	const captured = new Set(all.flatMap(({capture}) => Object.keys(capture)));
	const {noPlaceholder, templateWord, unquotedTemplate} = messages.workshop.command;
	const lintLine = (line: string, step: Step, report: (trouble: string, part: string) => void): void => {
		for (const written of findStrayBraces(line, captured)) {
			// Blanks are checked when the workshop is read.
			if (written !== blankMark) report(noPlaceholder(written), written);
		}
		for (const name of listPlaceholders(line)) {
			const trouble = describeMissingCapture(name, step, all, draft.broken);
			if (trouble) report(trouble, `{{${name}}}`);
		}
		const cut = parseArgsStringToArgv(line).find(word => /\{\{[^}]*$/.test(word));
		if (cut !== undefined) report(unquotedTemplate(cut), cut);
	};
	for (const {step, report, reportCommand} of steps) {
		lintLine(step.command ?? '', step, reportCommand);
		for (const [index, line] of step.setup.entries())
			lintLine(line, step, trouble => report(trouble, 'setup', index));
		for (const {check, keys} of locateChecks(step)) {
			const troubles = listCaptured(check).map(name => describeMissingCapture(name, step, all, draft.broken));
			for (const trouble of troubles) if (trouble) report(trouble, ...keys);
		}
		const taken = Object.keys(step.capture).find(isTemplateWord);
		if (taken !== undefined) report(templateWord(taken), 'capture', taken);
	}
};

const describeMissingCapture = (
	name: string,
	step: Step,
	all: Step[],
	broken: ReadonlySet<string>,
): string | null => {
	const {notCaptured, capturedLater, captureNotNeeded} = messages.workshop.command;
	const sources = all.filter(({capture}) => Object.hasOwn(capture, name));
	const [first] = sources;
	// An unreadable step may capture it.
	if (!first) {
		const known = all.flatMap(({capture}) => Object.keys(capture));
		return broken.size > 0 ? null : notCaptured(name) + didYouMeanClause(name, known);
	}
	const before = sources.filter(source => all.indexOf(source) < all.indexOf(step));
	const last = before.at(-1);
	if (!last) return capturedLater(name, first.id);
	const needed = includeNeeds(all, [step]);
	return before.some(source => needed.includes(source)) ? null : captureNotNeeded(name, last.id);
};
