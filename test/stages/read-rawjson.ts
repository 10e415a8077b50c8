/** What docker's own progress says of one vertex. */
export type TrueVertex = {
	name: string;
	inputs: string[];
	isCached: boolean;
	hasStarted: boolean;
	isCompleted: boolean;
	error: string | null;
	/** Its output, line by line. */
	lines: string[];
};

/** Reads rawjson as buildx from 0.14 on prints it, an object a line, in the plainest way: what the program reads is held against it. */
export const readRawjson = (stderr: Buffer): Map<string, TrueVertex> => {
	const vertices = new Map<string, TrueVertex & {streams: Map<number, Buffer[]>}>();
	const vertexOf = (digest: string) => {
		const known = vertices.get(digest);
		if (known) return known;
		const fresh = {
			name: '',
			inputs: [],
			isCached: false,
			hasStarted: false,
			isCompleted: false,
			error: null,
			lines: [],
			streams: new Map(),
		};
		vertices.set(digest, fresh);
		return fresh;
	};
	for (const line of stderr.toString('utf8').split('\n')) {
		if (!line.startsWith('{')) continue;
		const {vertexes = [], logs = []} = JSON.parse(line);
		for (const {digest, name, inputs, cached, started, completed, error} of vertexes) {
			const vertex = vertexOf(digest);
			Object.assign(vertex, {name, inputs: inputs ?? vertex.inputs});
			vertex.isCached ||= cached === true;
			vertex.hasStarted ||= started !== undefined;
			vertex.isCompleted = completed !== undefined;
			vertex.error = error || null;
		}
		for (const {vertex, stream = 1, data} of logs) {
			const {streams} = vertexOf(vertex);
			streams.set(stream, [...(streams.get(stream) ?? []), Buffer.from(data, 'base64')]);
		}
	}
	for (const vertex of vertices.values()) {
		vertex.lines = [...vertex.streams.values()].flatMap(pieces => {
			const lines = Buffer.concat(pieces).toString('utf8').split('\n');
			return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
		});
	}
	return vertices;
};
