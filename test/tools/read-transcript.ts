import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {Build, BuildFormat, StageGraph} from '../../source/stages/model.js';
import {createBuildParser} from '../../source/stages/parsers/build-parser.js';
import {createStageTracker} from '../../source/stages/tracker/stage-tracker.js';

/** The recorded output of an engine, in order of arrival. `at`: milliseconds since the command started. */
export type Chunk = {stream: 'stdout' | 'stderr'; bytes: Uint8Array; at: number};

/** A recorded `docker build`. */
export type Transcript = {
	/** E.g. `26/simple-legacy`. */
	name: string;
	engine: string;
	case: string;
	command: string;
	/** The builder that the environment selected. */
	asked: BuildFormat;
	chunks: Chunk[];
	exitCode: number;
};

const fixtures = path.join(import.meta.dirname, '../fixtures');

type Line = {
	cmd?: string;
	env?: Record<string, string>;
	t?: number;
	stream?: 'stdout' | 'stderr';
	data?: string;
	exit?: number;
};

const readTranscript = (engine: string, file: string): Transcript => {
	const lines = readFileSync(path.join(fixtures, 'transcripts', engine, file), 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Line);
	const {cmd: command = '', env = {}} = lines[0] ?? {};
	const isRawjson = env.BUILDKIT_PROGRESS === 'rawjson' || command.includes('--progress=rawjson');
	return {
		name: `${engine}/${path.basename(file, '.jsonl')}`,
		engine,
		case: path.basename(file, '.jsonl'),
		command,
		asked: env.DOCKER_BUILDKIT === '0' ? 'legacy' : isRawjson ? 'rawjson' : 'plain',
		chunks: lines.flatMap(({stream, data, t: at = 0}) =>
			stream && data !== undefined ? [{stream, bytes: Buffer.from(data), at}] : [],
		),
		exitCode: lines.at(-1)?.exit ?? -1,
	};
};

/** All recorded builds of all engines. */
export const readTranscripts = (): Transcript[] =>
	readdirSync(path.join(fixtures, 'transcripts')).flatMap(engine =>
		readdirSync(path.join(fixtures, 'transcripts', engine)).map(file => readTranscript(engine, file)),
	);

export const readDockerfile = (context: string): string =>
	readFileSync(path.join(fixtures, 'contexts', context, 'Dockerfile'), 'utf8');

/** The stages of a recorded build; those of `simple` if it has none. */
export const graphOf = ({command, case: name}: Transcript): StageGraph => {
	const context = name.startsWith('stagecase') ? 'stagecase' : (command.split(' ').at(-1) ?? '');
	const target = /--target (\S+)/.exec(command)?.[1];
	const isThere = readdirSync(path.join(fixtures, 'contexts')).includes(context);
	return parseDockerfile(readDockerfile(isThere ? context : 'simple'), {
		target: target === 'nosuch' ? undefined : target,
	});
};

/** Passes chunks through parser and tracker, like a run. */
export const trackChunks = (transcript: Transcript, chunks: Chunk[] = transcript.chunks): Build =>
	trackGraph(graphOf(transcript), {...transcript, chunks});

/** Tracks the output of a build whose stages are known. */
export const trackGraph = (
	graph: StageGraph,
	{asked, chunks, exitCode}: Pick<Transcript, 'asked' | 'chunks' | 'exitCode'>,
): Build => {
	const parser = createBuildParser(asked);
	const tracker = createStageTracker(graph, asked);
	for (const {stream, bytes, at} of chunks) {
		for (const event of parser.push(stream, bytes, at)) tracker.fold(event);
	}
	for (const event of parser.end()) tracker.fold(event);
	tracker.end(exitCode, false);
	return tracker.snapshot();
};
