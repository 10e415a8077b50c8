import prettyBytes from 'pretty-bytes';
import {createLineSplitter, type LineSplitter} from '../text/split-lines.js';
import {createEventQueue} from './event-queue.js';
import type {BuildEvent, BuildParser} from './model.js';
import {type Log, type Progress, readProgress, type Status, type Vertex} from './rawjson-progress.js';
import {readExport, readOutsideLine} from './read-words.js';
import {createObjectSplitter} from './split-objects.js';

/**
 * Reads the progress of buildx 0.13 and newer with `BUILDKIT_PROGRESS=rawjson`: objects on stderr, pretty-printed by
 * 0.13, with the error's text between or after them. Events are timed by BuildKit's clock, set by the first object.
 */
export const createRawjsonParser = (): BuildParser => {
	const {emit, take} = createEventQueue();
	let now = 0;
	const outside = () =>
		createLineSplitter(line => {
			emit(...readOutsideLine(line, now / 1000));
		});
	const lines = {stdout: outside(), stderr: outside()};
	const reader = createProgressReader(emit);
	const objects = createObjectSplitter({
		onObject(object) {
			const progress = readProgress(object);
			if (progress) reader.read(progress, now);
			return progress !== null;
		},
		onOther: bytes => lines.stderr.push(bytes),
	});
	return {
		push(stream, bytes, at) {
			now = at;
			if (stream === 'stderr') objects.push(bytes);
			else lines.stdout.push(bytes);
			return take();
		},
		end() {
			objects.end();
			reader.end(now);
			lines.stdout.end();
			lines.stderr.end();
			return take();
		},
	};
};

const createProgressReader = (emit: (event: BuildEvent) => void) => {
	/** Milliseconds from BuildKit's clock to that of the run. */
	let offset: number | null = null;
	let lastAt = 0;
	const names = new Map<string, string>();
	const reported = new Set<string>();
	const logs = new Map<string, Map<number, LineSplitter>>();

	const secondsOf = (time: string | undefined): number => {
		const seconds = Math.round(Date.parse(time ?? '') + (offset ?? 0)) / 1000;
		return Number.isNaN(seconds) ? lastAt : seconds;
	};
	const readLog = ({vertex, stream = 1, data, timestamp}: Log) => {
		const streams = logs.get(vertex) ?? new Map<number, LineSplitter>();
		logs.set(vertex, streams);
		let splitter = streams.get(stream);
		if (!splitter) {
			splitter = createLineSplitter(text => emit({event: 'line', id: vertex, text, at: lastAt}));
			streams.set(stream, splitter);
		}
		lastAt = secondsOf(timestamp);
		splitter.push(Buffer.from(data, 'base64'));
	};
	const endLogs = (vertex: string) => {
		for (const splitter of logs.get(vertex)?.values() ?? []) splitter.end();
	};
	const readVertex = ({digest: id, started, completed, cached, error}: Vertex) => {
		if (started) {
			lastAt = secondsOf(started);
			emit({event: 'began', id, name: names.get(id) ?? '', at: lastAt});
		}
		if (completed) {
			lastAt = secondsOf(completed);
			endLogs(id);
		}
		if (error) {
			if (/context canceled$/.test(error)) emit({event: 'cancelled', id, at: lastAt});
			else emit({event: 'failed', id, message: error, at: lastAt});
		} else if (cached) emit({event: 'cached', id, at: lastAt});
		else if (completed) emit({event: 'ended', id, at: lastAt});
	};
	const readStatus = ({id, vertex, current = 0, completed}: Status) => {
		if (!completed || reported.has(`${vertex} ${id}`)) return;
		reported.add(`${vertex} ${id}`);
		const size = current > 0 ? ` ${prettyBytes(current)}` : '';
		emit({event: 'line', id: vertex, text: `${id}${size} done`, at: secondsOf(completed)});
		for (const event of readExport(id)) emit(event);
	};

	return {
		read({vertexes, statuses, logs: logged, warnings}: Progress, at: number) {
			offset ??= offsetOf({vertexes, statuses, logs: logged}, at);
			for (const {digest: id, name, inputs = []} of vertexes) {
				if (!names.has(id)) emit({event: 'listed', id, name, inputs});
				names.set(id, name);
			}
			for (const log of logged) readLog(log);
			for (const vertex of vertexes) readVertex(vertex);
			for (const status of statuses) readStatus(status);
			for (const {vertex, short} of warnings) {
				const text = `WARN: ${Buffer.from(short, 'base64').toString('utf8')}`;
				emit({event: 'line', id: vertex, text, at: lastAt});
			}
		},
		/** Hands over unfinished lines of instructions that never completed. `at`: milliseconds. */
		end(at: number) {
			lastAt = at / 1000;
			for (const vertex of logs.keys()) endLogs(vertex);
		},
	};
};

/** An object arrives within some 5 ms of its last time; null when it has none. */
const offsetOf = ({vertexes, statuses, logs}: Omit<Progress, 'warnings'>, at: number): number | null => {
	const times = [
		...vertexes.flatMap(({started, completed}) => [started, completed]),
		...statuses.map(({timestamp}) => timestamp),
		...logs.map(({timestamp}) => timestamp),
	]
		.map(time => Date.parse(time ?? ''))
		.filter(time => !Number.isNaN(time));
	return times.length === 0 ? null : at - Math.max(...times);
};
