import {reduce} from '../../source/session/reduce.js';
import type {RunView, SessionState} from '../../source/session/state.js';
import type {Build, Instruction, Stage} from '../../source/stages/model.js';
import type {Step} from '../../source/workshop/model.js';
import {plannedBuild} from './sample-plans.js';
import {sampleStage} from './sample-runs.js';
import {sampleState} from './sample-state.js';

/** An instruction: its text, and when it ran, in seconds since the build began; without times, it was cached. */
export type Row = [text: string, began?: number, ended?: number];

const metadata: Instruction = {
	text: 'CMD ["cat", "/app.txt"]',
	status: 'done',
	line: null,
	began: null,
	seconds: null,
};

/** A stage of these instructions, between its `FROM` and one that no builder measures. */
export const stageOf = (name: string, rows: Row[]): Stage =>
	sampleStage(name, {
		instructions: [
			{text: 'FROM docker.io/library/alpine:3.13', status: 'cached', line: 1, began: 0, seconds: 0},
			...rows.map(
				([text, began = 0, ended = began], index): Instruction => ({
					text,
					status: ended > began ? 'done' : 'cached',
					line: index + 2,
					began,
					seconds: ended - began,
				}),
			),
			metadata,
		],
	});

/** A build of a step that took so many seconds. */
export const buildOf = (
	stepId: string,
	seconds: number,
	stages: Stage[],
	more: Partial<Build> = {},
): RunView => ({
	...plannedBuild,
	runId: `run-${stepId}-${seconds}`,
	stepId,
	outcome: {ended: 'exited', exitCode: 0, seconds},
	build: plannedBuild.build && {...plannedBuild.build, stages, ...more},
});

export const careless = buildOf('build', 3.64, [
	stageOf('final', [
		['WORKDIR /work'],
		['COPY . .', 0.4, 0.5],
		["RUN sleep 2; sed 's/^/installing /' packages.txt", 0.5, 2.9],
		["RUN grep -v '^#' app.txt | tr a-z A-Z | tee /app.txt", 2.9, 3.3],
	]),
]);

export const careful = buildOf('again', 0.61, [
	stageOf('final', [
		['WORKDIR /work'],
		['COPY packages.txt ./'],
		["RUN sleep 2; sed 's/^/installing /' packages.txt"],
		['COPY . .', 0.2, 0.24],
		["RUN grep -v '^#' app.txt | tr a-z A-Z | tee /app.txt", 0.24, 0.5],
	]),
]);

/** The sample session at a step `again`, which is set beside the step `build`, after some runs that have passed. */
export const besideState = (runs: RunView[], more: Partial<SessionState> = {}): SessionState => {
	const state = sampleState({stepId: 'again', ...more});
	const chapters = state.workshop.chapters.map(chapter => ({
		...chapter,
		steps: chapter.steps.flatMap((step): Step[] =>
			step.id === 'build'
				? [step, {...step, id: 'again', title: 'Build it in a better order', beside: 'build'}]
				: [step],
		),
	}));
	const at = '2026-01-02T03:04:05Z';
	return runs.reduce(
		(before, view) => {
			const after = reduce(before, {action: 'show-run', view});
			const {verdict, stepId} = view;
			return verdict ? reduce(after, {action: 'judge-step', stepId, verdict, at}) : after;
		},
		{...state, workshop: {...state.workshop, chapters}},
	);
};
