import {isUtf8} from 'node:buffer';
import type {Recording} from '../session/ports.js';

type Chunk = Recording['chunks'][number];

/**
 * The chunks of a recorded run without what no parser reads of BuildKit's objects (`rawjson`): how far a transfer has
 * come, and times finer than a millisecond. That is a third of a recording, which every copy of a workshop contains.
 */
export const slimProgress = (chunks: Chunk[]): Chunk[] =>
	chunks.flatMap(chunk => {
		const {stream, bytes} = chunk;
		if (stream !== 'stderr' || !isUtf8(bytes)) return [chunk];
		const slim = slimObjects(Buffer.from(bytes).toString('utf8'));
		return slim === '' ? [] : [{...chunk, bytes: Buffer.from(slim)}];
	});

/** Each object on its own line. A text that is anything else than whole objects stays as it is. */
const slimObjects = (text: string): string => {
	try {
		return text
			.split(/\n(?=\{|$)/)
			.filter(piece => piece !== '')
			.map(piece => slimObject(JSON.parse(piece)))
			.join('');
	} catch {
		return text;
	}
};

const slimObject = ({statuses = [], ...rest}: {statuses?: Array<{completed?: string}>}): string => {
	const ended = statuses.filter(({completed}) => completed !== undefined);
	const slim = {...rest, ...(ended.length > 0 && {statuses: ended})};
	return Object.keys(slim).length === 0 ? '' : `${JSON.stringify(slim, cutTime)}\n`;
};

const times: ReadonlySet<string> = new Set(['started', 'completed', 'timestamp']);

const cutTime = (key: string, value: unknown): unknown =>
	times.has(key) && typeof value === 'string' ? value.replace(/(\.\d{3})\d+/, '$1') : value;
