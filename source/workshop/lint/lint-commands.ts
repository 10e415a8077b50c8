import {messages} from '../../messages/index.js';
import {parseExport} from '../dialect.js';
import type {Step} from '../model.js';
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

const lintKind = (one: StepSubject, {report}: LintSubject): void => {
	const {step, source} = one;
	const {kind, command, checks, file} = step;
	const {forbidden, ofBuilderStep, withoutCheck} = messages.workshop.command;
	if (command !== null && kind in forbidden)
		report(file, forbidden[kind as keyof typeof forbidden], locateCommand(one));
	if (kind === 'builder') {
		const chosen = parseExport(command ?? '');
		if (chosen?.name === 'DOCKER_BUILDKIT' && /^[01]$/.test(chosen.value)) return;
		report(file, ofBuilderStep, command === null ? source.locate('kind') : locateCommand(one));
	}
	// Without a command it is the clean-up, which is the program's.
	if (kind === 'run' && command !== null && checks.length === 0) {
		report(file, withoutCheck, source.locate('kind'));
	}
};

const lintBuild = (one: StepSubject, {tools, entries, draft, report}: LintSubject): void => {
	const {step, source} = one;
	const build = step.command === null || step.kind !== 'run' ? null : tools.planBuild(step.command);
	const {nothingToPredict, buildsOutside, noStage} = messages.workshop.command;
	if (!build) {
		if (step.predict) report(step.file, nothingToPredict, source.locate('predict'));
		return;
	}
	const entry = entries.get(build.dockerfile);
	const isGiven = !draft.cover || isInContext(build.dockerfile, draft.cover.value.contexts);
	if (!entry || !isGiven) {
		report(step.file, buildsOutside(build.dockerfile), locateCommand(one));
		return;
	}
	if (entry.text === null) return;
	const {stages, problems} = tools.readDockerfile(entry.text);
	const {target} = build;
	if (problems.length === 0 && target !== undefined && !stages.includes(target.toLowerCase())) {
		report(step.file, noStage(build.dockerfile, target), locateCommand(one, `--target ${target}`));
	}
};

/** Commands are run without a shell: what only a shell understands would be handed to the program. */
const lintShell = (one: StepSubject, {report}: LintSubject): void => {
	const {command, file} = one.step;
	if (command?.includes('\n')) {
		report(file, messages.workshop.command.secondLine, locateCommand(one, command.split('\n')[1]));
		return;
	}
	const bare = command?.replace(/'[^']*'|"[^"]*"/g, quoted => '_'.repeat(quoted.length)) ?? '';
	const [operator] = /\|\|?|&&?|;|>>?|<|\$\(|`|\$\w+/.exec(bare) ?? [];
	if (operator === undefined) return;
	report(file, messages.workshop.command.needsShell(operator), locateCommand(one, operator));
};

/** What a workshop makes has to be known to clean-up. */
const lintOwnership = (one: StepSubject, {tools, report}: LintSubject): void => {
	const {command, judge, file} = one.step;
	const {untraceable} = messages.workshop.command;
	const trouble = command === null ? null : tools.untraceable(tools.splitCommand(command));
	if (command !== null && trouble) report(file, untraceable(command, trouble), locateCommand(one));
	for (const [index, {run}] of judge.entries()) {
		const wrong = tools.untraceable(tools.splitCommand(run));
		if (wrong) report(file, untraceable(run, wrong), one.source.locate('judge', index, 'run'));
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
					? messages.workshop.command.noPlaceholder(written)
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
	const {notCaptured, capturedLater, captureNotNeeded} = messages.workshop.command;
	const sources = all.filter(({capture}) => Object.hasOwn(capture, name));
	const [first] = sources;
	// A step that can't be read may be the one.
	if (!first) return broken.size > 0 ? null : notCaptured(name);
	const before = sources.filter(source => all.indexOf(source) < all.indexOf(step));
	const last = before.at(-1);
	if (!last) return capturedLater(name, first.id);
	const needed = collectNeeds(step, all);
	return before.some(({id}) => needed.has(id)) ? null : captureNotNeeded(name, last.id);
};

/** Ids of all steps that a step needs, directly or not. */
const collectNeeds = (step: Step, all: Step[]): Set<string> => {
	const needed = new Set(step.needs);
	// A set hands out what is added to it while it is walked through.
	for (const id of needed) for (const need of all.find(one => one.id === id)?.needs ?? []) needed.add(need);
	return needed;
};
