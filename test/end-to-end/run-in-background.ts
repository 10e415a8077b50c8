import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {execa} from 'execa';
import {createTranscripts} from '../../source/storage/transcripts.js';
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

/** The newest run of a step; null before there is one. */
const newestRun = (place: Place, stepId: string): string | null => {
	const runs = createTranscripts(stateOf(place)).runIds();
	return runs.findLast(run => run.endsWith(`Z-${stepId}`)) ?? null;
};

const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Whether the command of a step's newest run still runs, whoever started it: as the program itself sees it. */
export const commandRuns = (place: Place, stepId: string): boolean =>
	createTranscripts(stateOf(place)).state(newestRun(place, stepId) ?? 'none') === 'running';

/** Resolves when the command of a step's newest run has ended. */
export const commandEnded = (place: Place, stepId: string): Promise<void> =>
	waitUntil(() => !commandRuns(place, stepId), `the command of ${stepId} ended`);

/** Starts the built program and does not wait for it. */
export const runInBackground = (args: string[], place: Place, env: Record<string, string>): BackgroundRun => {
	const transcripts = createTranscripts(stateOf(place));
	const earlier = transcripts.runIds();
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
				const run = newestRun(place, stepId);
				// What a run before has left may be there still.
				if (run === null || earlier.includes(run)) return false;
				const transcript = path.join(transcripts.folder, run);
				return ['stdout', 'stderr'].some(stream => wanted.test(read(path.join(transcript, stream))));
			};
			await waitUntil(prints, `${stepId} printed ${wanted}`);
		},
		end: signal => child.kill(signal),
		exited: child.then(({exitCode, stdout}) => ({exitCode: exitCode ?? null, stdout})),
	};
};
