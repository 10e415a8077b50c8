import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {readDockerfilePlan} from '../../source/session/plan/dockerfile-plan.js';
import {planTypedLine} from '../../source/session/plan/line-plan.js';
import type {Build, BuildEvent, Builder, StageGraph} from '../../source/stages/model.js';
import {createBuildParser} from '../../source/stages/parsers/build-parser.js';
import {createStageTracker} from '../../source/stages/tracker/stage-tracker.js';
import {temporaryFolder} from '../engine/temporary-folder.js';
import type {TestEngine} from '../engine/test-engine.js';

export type Followed = {
	/** What was expected before the build began. */
	graph: StageGraph;
	build: Build;
	/** Every line of output, by stage; under '' what belongs to none. */
	lines: Map<string, string[]>;
	exitCode: number;
	stderr: Buffer;
};

/**
 * Runs a line with one build in a folder of its own and follows it as the program does: planned from its words, read
 * from what it prints. `buildx`: the version whose progress is asked for; null: plain.
 */
export const trackBuild = async (
	line: string,
	files: Record<string, string | Buffer>,
	{
		engine,
		builder = 'buildkit',
		buildx = '0.13.0',
		environment = {},
		cutAt,
	}: {
		engine: TestEngine;
		builder?: Builder;
		buildx?: string | null;
		environment?: Record<string, string>;
		/** Cut off as by ctrl-c once an instruction runs that is shown so. */
		cutAt?: RegExp;
	},
): Promise<Followed> => {
	const folder = temporaryFolder('build');
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(folder, name)), {recursive: true});
		writeFileSync(path.join(folder, name), content);
	}
	const {build} = planTypedLine(line, {
		dialect: 'sh',
		builder,
		cli: {version: '26.1.5', buildx},
		folder,
		labFolder: folder,
		environment,
	});
	if (!build) throw new Error(`There is no build in ${line}.`);
	const lab = {
		read: (file: string) => {
			const content = files[file];
			return content === undefined ? null : content.toString('utf8');
		},
		readShipped: () => null,
	};
	const {graph} = readDockerfilePlan(build, lab, {environment});
	const parser = createBuildParser(build.format);
	const tracker = createStageTracker(graph, build.format);
	const logs = new Map<string, string[]>();
	const controller = new AbortController();
	const take = (event: BuildEvent) => {
		if (event.event === 'began' && cutAt?.test(event.name)) controller.abort();
		const stage = tracker.fold(event) ?? '';
		if (event.event === 'line') logs.set(stage, [...(logs.get(stage) ?? []), event.text]);
	};
	const began = performance.now();
	const child = execa('sh', ['-c', `exec ${line}`], {
		cwd: folder,
		env: {
			...engine.env,
			...environment,
			DOCKER_BUILDKIT: builder === 'legacy' ? '0' : '1',
			...(build.format === 'rawjson' && {BUILDKIT_PROGRESS: 'rawjson'}),
		},
		stdin: 'ignore',
		buffer: false,
		reject: false,
		cancelSignal: controller.signal,
		forceKillAfterDelay: false,
	});
	const errors: Uint8Array[] = [];
	for (const stream of ['stdout', 'stderr'] as const) {
		child[stream].on('data', (bytes: Uint8Array) => {
			if (stream === 'stderr') errors.push(bytes);
			for (const event of parser.push(stream, bytes, performance.now() - began)) take(event);
		});
	}
	const {exitCode = -1} = await child;
	for (const event of parser.end()) take(event);
	tracker.end(exitCode, controller.signal.aborted);
	return {graph, build: tracker.snapshot(), lines: logs, exitCode, stderr: Buffer.concat(errors)};
};
