import {messages} from '../../messages/index.js';
import type {PlannedInstruction} from '../../stages/model.js';
import {listBaseChain, type Project} from '../project.js';
import {
	readShellRun,
	replaceInstruction,
	replaceLines,
	type ShellRun,
	splitCommands,
} from './edit-dockerfile.js';
import type {Rule} from './suggestion.js';

/** Commands that leave files in their layer which nothing needs afterwards, and how each cleans up. */
const leavings: ReadonlyArray<{pattern: RegExp; what: string; clean(part: string): string}> = [
	{
		pattern: /^apt(?:-get)?\b.* install\b/,
		what: 'apt',
		clean: part => `${part} && rm -rf /var/lib/apt/lists/*`,
	},
	{
		pattern: /^apk (?!.*--no-cache).*\badd\b/,
		what: 'apk',
		clean: part => part.replace(/\badd\b/, 'add --no-cache'),
	},
	{
		pattern: /^(?:python3? -m )?pip3? install\b(?!.*--no-cache-dir)/,
		what: 'pip',
		clean: part => part.replace(/\binstall\b/, 'install --no-cache-dir'),
	},
	{
		pattern: /^npm (?:ci|install|i)\b/,
		what: 'npm',
		clean: part => `${part} && npm cache clean --force`,
	},
	{
		pattern: /^yarn(?: install)?(?: --.*)?$/,
		what: 'Yarn',
		clean: part => `${part} && yarn cache clean`,
	},
];

/** Whether a command line already cleans up after itself. */
const cleansUp = /\/var\/lib\/apt\/lists|npm cache clean|yarn cache clean/;

/** Files that a later instruction removes, or that nothing needs, stay in the layer that made them. */
export const leaveNothingBehind: Rule = {
	name: 'leave-nothing-behind',
	suggest(project) {
		const instructions = listBaseChain(project.stages, project.graph.target).flatMap(
			({name}) => project.graph.stages.find(stage => stage.name === name)?.instructions ?? [],
		);
		return [...mergeRemovals(instructions, project), ...cleanUp(instructions, project)];
	},
};

const cleanUp = (instructions: PlannedInstruction[], project: Project): ReturnType<Rule['suggest']> =>
	instructions
		.flatMap(one => readShellRun(one) ?? [])
		.filter(({flags, command}) => !flags.includes('type=cache') && !cleansUp.test(command))
		.flatMap(run => {
			const parts = splitCommands(run.command);
			const at = parts.findLastIndex(part => leavings.some(({pattern}) => pattern.test(part)));
			const leaving = leavings.find(({pattern}) => pattern.test(parts[at] ?? ''));
			if (!leaving) return [];
			const {says, because} = messages.explain.suggestions.leftovers;
			const cleaned = parts.with(at, leaving.clean(parts[at] ?? '')).join(' && ');
			return [
				{
					dockerfile: replaceInstruction(project.dockerfile, run, `RUN ${run.flags}${cleaned}`),
					ignore: project.ignore,
					line: run.line,
					says: says(leaving.what),
					because,
				},
			];
		});

/** Joins a `RUN rm` with the `RUN`s that stand directly before it. */
const mergeRemovals = (instructions: PlannedInstruction[], project: Project): ReturnType<Rule['suggest']> =>
	instructions.flatMap((instruction, index) => {
		const run = readShellRun(instruction);
		if (!run || !/^rm\s/.test(run.command)) return [];
		const runs: ShellRun[] = [run];
		for (let at = index - 1; at >= 0; at--) {
			const before = readShellRun(instructions[at] as PlannedInstruction);
			if (!before || before.endLine !== (runs[0]?.line ?? 0) - 1 || before.flags !== run.flags) break;
			runs.unshift(before);
		}
		const [first] = runs;
		if (!first || runs.length === 1) return [];
		const merged = `RUN ${run.flags}${runs.map(({command}) => command).join(' && \\\n    ')}`;
		const {says, because} = messages.explain.suggestions.removals;
		return [
			{
				dockerfile: replaceLines(project.dockerfile, first.line, run.endLine, [merged]),
				ignore: project.ignore,
				line: first.line,
				says: says(first.line, run.endLine),
				because,
			},
		];
	});
