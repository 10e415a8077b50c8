import {messages} from '../../messages/index.js';
import type {PlannedStage} from '../../stages/model.js';
import {
	builtStages,
	freeStageName,
	linesOf,
	readShellRun,
	replaceLines,
	rewriteFrom,
	type ShellRun,
	splitCommands,
} from './edit-dockerfile.js';
import type {Rule} from './suggestion.js';

/** Commands that test or check, and whose files no image needs. */
const testing =
	/^(?:(?:npm|yarn|pnpm)(?: run)? (?:test|lint|typecheck)\b|npx (?:jest|vitest|ava|mocha|eslint|tsc --noEmit)\b|(?:\w+=\S* )*go (?:test|vet)\b|(?:python3? -m )?(?:pytest|unittest|tox|ruff|flake8|mypy)\b|cargo (?:test|clippy)\b|mvn(?: -\S+)* test\b|(?:\.\/gradlew|gradle)(?: -\S+)* test\b|dotnet test\b|make (?:test|check|lint)\b|composer test\b|bundle exec (?:rspec|rake test)\b|sh test|\.\/test)/;

/** Each build of the image runs the tests. In a stage of their own they run where they are asked for: `--target test`. */
export const testInOwnStage: Rule = {
	name: 'test-in-own-stage',
	suggest(project) {
		// Numbers of stages would change.
		if (/--from=\d|,from=\d/.test(project.dockerfile)) return [];
		return builtStages(project.graph).flatMap(stage =>
			stage.instructions
				.flatMap(one => readShellRun(one) ?? [])
				.filter(({command}) => splitCommands(command).every(part => testing.test(part)))
				.flatMap(run => {
					const before = freeStageName(
						project.graph,
						stage.alias === null ? 'build' : `${stage.alias}-files`,
					);
					const test = freeStageName(project.graph, 'test');
					const dockerfile = splitStage(project.dockerfile, {stage, run, before, test});
					const {says, because} = messages.explain.suggestions.tests;
					return dockerfile === null
						? []
						: [
								{
									dockerfile,
									ignore: project.ignore,
									line: run.line,
									says: says(run.command, test),
									because: because(test),
								},
							];
				}),
		);
	},
};

/** Lets a stage end before its tests, and begins one for them, and one for what follows. */
const splitStage = (
	text: string,
	{stage, run, before, test}: {stage: PlannedStage; run: ShellRun; before: string; test: string},
): string | null => {
	const from = rewriteFrom(text, stage, {alias: before});
	if (from === null) return null;
	// They end with their stage.
	const args = stage.instructions
		.filter(({keyword, line}) => keyword === 'ARG' && line < run.line)
		.flatMap(one => linesOf(text, one));
	const rest = stage.alias === null ? '' : ` AS ${stage.alias}`;
	const split = replaceLines(text, run.line, run.endLine, [
		'',
		`FROM ${before} AS ${test}`,
		...args,
		...linesOf(text, run),
		'',
		`FROM ${before}${rest}`,
		...args,
	]);
	return replaceLines(split, stage.line, stage.line, [from]);
};
