import {readFileSync} from 'node:fs';
import path from 'node:path';
import {selectCause} from '../../../source/session/select-builds.js';
import {parseStageGraph} from '../../../source/stages/dockerfile/parse-dockerfile.js';
import type {BuildFormat} from '../../../source/stages/model.js';
import {createBuildParser} from '../../../source/stages/parsers/build-parser.js';
import {createStageTracker} from '../../../source/stages/tracker/stage-tracker.js';
import type {BrokenBuild} from './create-table.js';

/** What a build printed, and how it ended. */
export type Printed = {stdout: string; stderr: string; exitCode: number};

/** One build as an engine printed it. */
export type Captured = Printed & {name: string; builder: 'buildkit' | 'legacy'};

const fixtures = path.resolve('test/fixtures/broken-builds');

/** The file of what an engine printed: `26`, … */
export const fileOf = (engine: string): string => path.join(fixtures, `${engine}.jsonl`);

export const readCaptured = (engine: string): Captured[] =>
	readFileSync(fileOf(engine), 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));

/** What the program says of a build that printed this, and the line that it names. */
export const explain = (
	{files, words}: Pick<BrokenBuild, 'files' | 'words'>,
	format: BuildFormat,
	{stdout, stderr, exitCode}: Printed,
): {cause: string | null; line: number | null} => {
	// What the learner names is what is read: here it is never another one.
	const dockerfile = words.includes('app') ? (files.Dockerfile ?? null) : null;
	const graph = parseStageGraph(
		dockerfile === null ? null : new TextDecoder().decode(bytesOf(dockerfile)),
		undefined,
	);
	const parser = createBuildParser(format);
	const tracker = createStageTracker(graph, format);
	for (const event of [
		...parser.push('stdout', Buffer.from(stdout), 0),
		...parser.push('stderr', Buffer.from(stderr), 0),
		...parser.end(),
	])
		tracker.fold(event);
	tracker.end(exitCode, false);
	const build = tracker.snapshot();
	return {
		cause: selectCause({build, commandLine: ['docker build', ...words].join(' ')}),
		line: build.failure?.line ?? null,
	};
};

export const bytesOf = (text: string | Uint8Array): Uint8Array =>
	typeof text === 'string' ? Buffer.from(text) : text;
