import type {BuildEvent, BuildFormat, BuildParser} from '../model.js';
import {createBuildahParser} from './parse-buildah.js';
import {createLegacyParser} from './parse-legacy.js';
import {createPlainParser} from './parse-plain.js';
import {createRawjsonParser} from './parse-rawjson.js';

type Stream = 'stdout' | 'stderr';

const parsers: Record<BuildFormat, () => BuildParser> = {
	rawjson: createRawjsonParser,
	plain: createPlainParser,
	legacy: createLegacyParser,
	buildah: createBuildahParser,
};

/** How the progress of each format begins, at the start of a line. */
const formatSignatures: Array<{format: BuildFormat; stream: Stream; pattern: RegExp}> = [
	{format: 'rawjson', stream: 'stderr', pattern: /^\{\s*"/},
	// Compose prints it there.
	{format: 'rawjson', stream: 'stdout', pattern: /^\{\s*"/},
	{format: 'plain', stream: 'stderr', pattern: /^#\d+ /},
	{format: 'legacy', stream: 'stdout', pattern: /^(?:Step \d+\/\d+ : |Sending build context to )/},
	{format: 'legacy', stream: 'stderr', pattern: /^DEPRECATED: The legacy /},
	{format: 'buildah', stream: 'stdout', pattern: /^(?:\[\d+\/\d+\] )?STEP \d+\/\d+: /},
];

/** Number of bytes that are enough to recognize a format. */
const longestSignature = 32;

/**
 * Creates a parser for the requested format, which switches to another if the build turns out to print that: not every
 * CLI respects `DOCKER_BUILDKIT` and `BUILDKIT_PROGRESS`. Lines before any progress are parsed in the requested format.
 */
export const createBuildParser = (asked: BuildFormat): BuildParser => {
	// The CLI treats Podman like the legacy builder, and so prints the same lines.
	const expected = formatSignatures.filter(({format}) => asked !== 'buildah' || format !== 'legacy');
	let parser = parsers[asked]();
	let isSure = false;
	let lastAt = 0;
	const held: Record<Stream, Uint8Array> = {stdout: new Uint8Array(), stderr: new Uint8Array()};
	const isMidLine: Record<Stream, boolean> = {stdout: false, stderr: false};

	const release = (stream: Stream, at: number): BuildEvent[] => {
		const bytes = held[stream];
		held[stream] = new Uint8Array();
		return bytes.length === 0 ? [] : parser.push(stream, bytes, at);
	};
	const settle = (format: BuildFormat, at: number): BuildEvent[] => {
		isSure = true;
		const events: BuildEvent[] = [];
		if (format !== asked) {
			events.push(...parser.end());
			parser = parsers[format]();
		}
		return [...events, ...release('stdout', at), ...release('stderr', at)];
	};
	/** Passes on lines that are not progress, and holds back the start of one that may be. */
	const look = (stream: Stream, at: number): BuildEvent[] => {
		const events: BuildEvent[] = [];
		while (held[stream].length > 0) {
			const bytes = held[stream];
			const lineEnd = bytes.indexOf(0x0a);
			if (!isMidLine[stream]) {
				const start = Buffer.from(bytes.subarray(0, longestSignature)).toString('latin1');
				const found = expected.find(({stream: on, pattern}) => on === stream && pattern.test(start));
				if (found) return [...events, ...settle(found.format, at)];
				if (lineEnd === -1 && bytes.length < longestSignature) break;
				// A pretty-printed object has its first key on the second line.
				if (/^\{\s*$/.test(start) && bytes.length < longestSignature) break;
			}
			isMidLine[stream] = lineEnd === -1;
			const end = lineEnd === -1 ? bytes.length : lineEnd + 1;
			held[stream] = bytes.subarray(end);
			events.push(...parser.push(stream, bytes.subarray(0, end), at));
		}
		return events;
	};

	return {
		push(stream, bytes, at) {
			lastAt = at;
			if (isSure) return parser.push(stream, bytes, at);
			held[stream] = Buffer.concat([held[stream], bytes]);
			return look(stream, at);
		},
		end: () => [...release('stdout', lastAt), ...release('stderr', lastAt), ...parser.end()],
	};
};
