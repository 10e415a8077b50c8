import {StringDecoder} from 'node:string_decoder';

/** What the engine writes, an object a line, while it pulls or loads. */
type ProgressLine = {
	id?: string;
	status?: string;
	progressDetail?: {current?: number; total?: number};
	/** Older engines tell both, newer ones the second alone. */
	error?: string;
	errorDetail?: {message?: string};
};

/**
 * Reads what the engine tells while it pulls or loads, to the end. Rejects with the engine's own words when it tells
 * of an error: the HTTP answer has said 200 by then. `onBytes`: downloaded so far, and of how many as known by now.
 */
export const followProgress = async (
	stream: NodeJS.ReadableStream,
	onBytes: (done: number, total: number) => void,
): Promise<void> => {
	const layers = new Map<string, {done: number; total: number}>();
	const decoder = new StringDecoder('utf8');
	let rest = '';
	for await (const chunk of stream) {
		const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			note(line, layers);
			onBytes(sum(layers, 'done'), sum(layers, 'total'));
		}
	}
	note(rest, layers);
};

const note = (line: string, layers: Map<string, {done: number; total: number}>): void => {
	if (line.trim() === '') return;
	const {id, status, progressDetail, error, errorDetail} = JSON.parse(line) as ProgressLine;
	if (error !== undefined || errorDetail !== undefined)
		throw new Error(errorDetail?.message ?? error ?? 'the engine does not say why');
	const {current, total} = progressDetail ?? {};
	if (id === undefined) return;
	if (status === 'Downloading' && current !== undefined && total !== undefined) {
		layers.set(id, {done: current, total});
	} else if (status === 'Download complete') {
		const layer = layers.get(id);
		if (layer) layer.done = layer.total;
	}
};

const sum = (layers: Map<string, {done: number; total: number}>, what: 'done' | 'total'): number =>
	[...layers.values()].reduce((total, layer) => total + layer[what], 0);
