import type {ExecutionContext} from 'ava';
import {type CliOptions, runCli} from '../tools/run-cli.js';

export type RehearsedStep = {
	id: string;
	verdict: string;
	reason: string;
	stages: Array<{name: string; status: string}>;
};

/** Rehearses a shipped workshop, asserts that every step passes, and returns the steps. `more`: further arguments. */
export const rehearseWhole = async (
	t: ExecutionContext,
	workshop: string,
	{more = [], ...options}: CliOptions & {more?: string[]},
): Promise<RehearsedStep[]> => {
	const args = ['run', '--workshop', workshop, '--json', '--yes', ...more];
	const {stdout, stderr, exitCode} = await runCli(args, options);
	const {chapters, passed} = JSON.parse(stdout);
	const steps: RehearsedStep[] = chapters.flatMap((chapter: {steps: RehearsedStep[]}) => chapter.steps);
	t.deepEqual(
		steps.filter(({verdict}) => verdict !== 'passed').map(({id, reason}) => `${id}: ${reason}`),
		[],
		stderr,
	);
	t.true(passed);
	t.is(exitCode, 0);
	return steps;
};
