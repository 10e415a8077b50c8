import type {BuildEvent, BuildParser} from '../model.js';
import {createLineParser} from './line-parser.js';

/** `began`: the earliest start, in seconds, that the output about the vertex allows. */
type Vertex = {id: string; name: string; began: number};

/**
 * Parses BuildKit's plain progress, on stderr. One vertex prints at a time; the lines of others follow later in one
 * burst. So the start and end of vertices are computed back from the seconds that it prints.
 */
export const createPlainParser = (): BuildParser =>
	createLineParser(emit => {
		const vertices = new Map<string, Vertex>();
		return {
			read(line, at) {
				const [, number, text] = /^#(\d+) (.*)$/s.exec(line) ?? [];
				if (number === undefined || text === undefined) {
					emit(...parseOutsideLine(line, at));
					return;
				}
				const vertex = vertices.get(number);
				if (vertex) {
					emit(...readVertexLine(vertex, text, at));
					return;
				}
				const id = `#${number}`;
				vertices.set(number, {id, name: text, began: at});
				// buildx prints with `#0` which builder it uses.
				if (number === '0') emit({event: 'line', id: null, text, at});
				else emit({event: 'began', id, name: text, at});
			},
		};
	});

const readVertexLine = (vertex: Vertex, text: string, at: number): BuildEvent[] => {
	// Skip its repeated header, the digest that engine 20 prints below it, and `...`, which sets it aside.
	if (text === vertex.name || text === '...' || /^sha256:[0-9a-f]{64}$/.test(text)) return [];
	const log = /^(\d+\.\d+)(?: (.*))?$/s.exec(text);
	if (log) return readLog(vertex, {seconds: Number(log[1]), text: log[2] ?? '', at});
	return readState(vertex, text, at) ?? [{event: 'line', id: vertex.id, text, at}, ...parseImageExport(text)];
};

const readLog = (
	vertex: Vertex,
	{seconds, text, at}: {seconds: number; text: string; at: number},
): BuildEvent[] => {
	vertex.began = Math.min(vertex.began, at - seconds);
	// Engine 20 adds no newline to an unfinished line of output.
	const glued = text.includes(vertex.id)
		? new RegExp(`^(.*)${vertex.id} (DONE \\d+\\.\\d+s|CANCELED|ERROR: .*|\\.\\.\\.)$`, 's').exec(text)
		: null;
	const line: BuildEvent = {event: 'line', id: vertex.id, text: glued?.[1] ?? text, at};
	return [line, ...((glued && readState(vertex, glued[2] ?? '', at)) ?? [])];
};

/** Returns the events of a line that reports the result of a vertex; null for any other line. */
const readState = (vertex: Vertex, text: string, at: number): BuildEvent[] | null => {
	const {id, name} = vertex;
	if (text === 'CACHED') return [{event: 'cached', id, at}];
	if (text === 'CANCELED') return [{event: 'cancelled', id, at}];
	const seconds = /^DONE (\d+\.\d+)s$/.exec(text)?.[1];
	if (seconds !== undefined) {
		vertex.began = Math.min(vertex.began, at - Number(seconds));
		return [
			{event: 'began', id, name, at: vertex.began},
			{event: 'ended', id, at: vertex.began + Number(seconds)},
		];
	}
	const message = /^ERROR: (.*)$/s.exec(text)?.[1];
	if (message === undefined) return null;
	return [
		{event: 'began', id, name, at: vertex.began},
		{event: 'failed', id, message, at},
	];
};

/** How BuildKit's clients and the CLI (20.10 to 28) begin the line that explains a failed build. */
const errorStart =
	/^(?:ERROR: |error: |failed to |executor failed |unable to prepare context|Error response from daemon: |Cannot connect to the Docker daemon|permission denied |Got permission denied |invalid value |unknown flag: )/;

/** Parses a line that belongs to no instruction, as BuildKit's clients print it. `at`: seconds. */
export const parseOutsideLine = (text: string, at: number): BuildEvent[] => {
	if (text.trim() === '') return [];
	const events: BuildEvent[] = [{event: 'line', id: null, text, at}];
	if (errorStart.test(text)) {
		events.push({event: 'failed', id: null, message: text.replace(/^(?:ERROR|error): /, ''), at});
	}
	// The only output of `docker build -q`, on stdout.
	if (/^sha256:[0-9a-f]{64}$/.test(text)) events.push({event: 'image', imageId: text});
	return events;
};

/**
 * Returns the image's ID or name from a line of BuildKit's export. The containerd store exports a manifest, then a list
 * of manifests, whose digest is the ID: so the last one counts.
 */
export const parseImageExport = (text: string): BuildEvent[] => {
	const image = /^(?:writing image|exporting manifest(?: list)?) (sha256:[0-9a-f]{64})(?: |$)/.exec(
		text,
	)?.[1];
	if (image) return [{event: 'image', imageId: image}];
	const name = /^naming to (\S+)/.exec(text)?.[1];
	return name ? [{event: 'named', name}] : [];
};
