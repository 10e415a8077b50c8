import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {execa} from 'execa';
import {atExit} from '../tools/at-exit.js';
import {builtProgram, nodeUnderTest} from '../tools/built-program.js';
import {childEnvironment} from '../tools/child-environment.js';

/** A learner's home and working folder. */
export type Place = {home: string; cwd: string};

/** The program at work in the background. */
export type BackgroundRun = {
	/** Resolves when a step's command has printed what matches; rejects when that takes a minute. */
	hasPrinted(stepId: string, wanted: RegExp): Promise<void>;
	end(signal: 'SIGINT' | 'SIGKILL'): void;
	/** Null when a signal ended it. */
	exited: Promise<{exitCode: number | null; stdout: string}>;
};

/** Looks until it holds; rejects after a minute. */
export const waitUntil = async (holds: () => boolean, wanted: string): Promise<void> => {
	const until = Date.now() + 60_000;
	while (!holds()) {
		if (Date.now() > until) throw new Error(`A minute passed before ${wanted}.`);
		await pause(10);
	}
};

/** Where the program keeps its state in a home. */
export const stateOf = ({home}: Place): string => path.join(home, '.local', 'state', 'multistage-workshop');

/** The newest transcript of a step; null before there is one. */
const transcriptOf = (place: Place, stepId: string): string | null => {
	const folder = path.join(stateOf(place), 'transcripts');
	const runs = existsSync(folder) ? readdirSync(folder).filter(run => run.endsWith(`Z-${stepId}`)) : [];
	const run = runs.sort().at(-1);
	return run === undefined ? null : path.join(folder, run);
};

const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Whether the command of a step's newest run still runs, whoever started it. */
export const commandRuns = (place: Place, stepId: string): boolean => {
	const pid = read(path.join(transcriptOf(place, stepId) ?? '', 'pid')).trim();
	return pid !== '' && existsSync(`/proc/${pid}`);
};

/** Resolves when the command of a step's newest run has ended. */
export const commandEnded = (place: Place, stepId: string): Promise<void> =>
	waitUntil(() => !commandRuns(place, stepId), `the command of ${stepId} ended`);

/** Starts the built program and does not wait for it. */
export const runInBackground = (args: string[], place: Place, env: Record<string, string>): BackgroundRun => {
	const child = execa(nodeUnderTest, [builtProgram, ...args], {
		cwd: place.cwd,
		env: childEnvironment(place.home, env),
		extendEnv: false,
		stdin: 'ignore',
		reject: false,
	});
	atExit(() => child.kill('SIGKILL'));
	return {
		async hasPrinted(stepId, wanted) {
			const prints = () => {
				const transcript = transcriptOf(place, stepId) ?? '';
				return ['stdout', 'stderr'].some(stream => wanted.test(read(path.join(transcript, stream))));
			};
			await waitUntil(prints, `${stepId} printed ${wanted}`);
		},
		end: signal => child.kill(signal),
		exited: child.then(({exitCode, stdout}) => ({exitCode: exitCode ?? null, stdout})),
	};
};
