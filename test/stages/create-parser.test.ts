import test from 'ava';
import type {BuildEvent, BuildFormat} from '../../source/stages/model.js';
import {createBuildParser} from '../../source/stages/parsers/build-parser.js';
import {createRandom} from '../tools/create-random.js';
import {sampleOf} from '../tools/deep.js';
import {type Chunk, readTranscripts, type Transcript, trackChunks} from '../tools/read-transcript.js';

const random = createRandom(20_10);

/** The same bytes in other pieces; pieces never reach over the border of two chunks. */
const recut = (chunks: Chunk[], lengthOf: () => number): Chunk[] =>
	chunks.flatMap(({stream, bytes, at}) => {
		const pieces: Chunk[] = [];
		for (let from = 0; from < bytes.length; ) {
			const to = from + lengthOf();
			pieces.push({stream, bytes: bytes.subarray(from, to), at});
			from = to;
		}
		return pieces;
	});

/** All that came on one stream without a break from the other, in one piece and at one time. */
const joined = (chunks: Chunk[]): Chunk[] => {
	const result: Chunk[] = [];
	for (const {stream, bytes} of chunks) {
		const last = result.at(-1);
		if (last?.stream === stream) last.bytes = Buffer.concat([last.bytes, bytes]);
		else result.push({stream, bytes, at: 0});
	}
	return result;
};

/** Bytes: what is cut in the middle of words, of lines, and of objects. */
const longestPieces = [3, 7, 40, 300, 2000];

/** Cut between all bytes, and in pieces of every length. */
const isCutAnywhere = test.macro((t, transcript: Transcript) => {
	const expected = trackChunks(transcript);
	const bytes = recut(transcript.chunks, () => 1);
	t.deepEqual(trackChunks(transcript, bytes), expected, 'single bytes');
	for (const longest of longestPieces) t.deepEqual(cutAtRandom(transcript, longest), expected, said(longest));
	const whole = joined(transcript.chunks);
	const wholeBytes = recut(whole, () => 1);
	t.deepEqual(trackChunks(transcript, wholeBytes), trackChunks(transcript, whole), 'at once');
});

/** Cut in pieces of one length, another one for each transcript. */
const isCutSomewhere = test.macro((t, transcript: Transcript, index: number) => {
	const longest = longestPieces[index % longestPieces.length] ?? 1;
	t.deepEqual(cutAtRandom(transcript, longest), trackChunks(transcript), said(longest));
});

const said = (longest: number): string => `pieces of up to ${longest} bytes`;
const cutAtRandom = (transcript: Transcript, longest: number) =>
	trackChunks(
		transcript,
		recut(transcript.chunks, () => 1 + Math.floor(random() * longest)),
	);

const transcripts = readTranscripts();
const engines = [...new Set(transcripts.map(({engine}) => engine))];
const cutEverywhere = new Set(
	engines.flatMap(engine =>
		sampleOf(
			transcripts.filter(transcript => transcript.engine === engine),
			3,
		),
	),
);
for (const [index, transcript] of transcripts.entries()) {
	const title = `${transcript.name} reads the same wherever its bytes are cut`;
	if (cutEverywhere.has(transcript)) test(title, isCutAnywhere, transcript);
	else test(title, isCutSomewhere, transcript, index);
}

const parse = (
	asked: BuildFormat,
	chunks: Array<[stream: 'stdout' | 'stderr', text: string]>,
): BuildEvent[] => {
	const parser = createBuildParser(asked);
	const events = chunks.flatMap(([stream, text], index) =>
		parser.push(stream, Buffer.from(text), index * 1000),
	);
	return [...events, ...parser.end()];
};

const isRead = test.macro(
	(
		t,
		asked: BuildFormat,
		chunks: Array<[stream: 'stdout' | 'stderr', text: string]>,
		expected: BuildEvent[],
	) => {
		t.deepEqual(parse(asked, chunks), expected);
	},
);

test(
	'words in front of the progress stay, and the format is told by the progress',
	isRead,
	'rawjson',
	[
		['stderr', 'WARNING: some plugin\n#1 [internal] load .dockerignore\n#1 DONE 0.1s\n'],
		['stdout', 'bye\n'],
	],
	[
		{event: 'line', id: null, text: 'WARNING: some plugin', at: 0},
		{event: 'began', id: '#1', name: '[internal] load .dockerignore', at: 0},
		{event: 'began', id: '#1', name: '[internal] load .dockerignore', at: -0.1},
		{event: 'ended', id: '#1', at: 0},
		{event: 'line', id: null, text: 'bye', at: 1},
	],
);
test(
	'an object that is no progress is a line',
	isRead,
	'rawjson',
	[['stderr', '{"message":"client version 1.10 is too old"}\n']],
	[{event: 'line', id: null, text: '{"message":"client version 1.10 is too old"}', at: 0}],
);
test(
	'a line that is too short to tell is held back until it can be told',
	isRead,
	'plain',
	[
		['stdout', 'Ste'],
		['stdout', 'p 1/1 : FROM scratch\n ---> \n'],
	],
	[
		{event: 'began', id: '1', name: 'FROM scratch', at: 1},
		{event: 'ended', id: '1', at: 1},
	],
);
test(
	'an unfinished line is not lost',
	isRead,
	'plain',
	[['stderr', 'ERR']],
	[{event: 'line', id: null, text: 'ERR', at: 0}],
);
