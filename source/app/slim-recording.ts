import {isUtf8} from 'node:buffer';
import type {Fact} from '../checks/model.js';
import type {Recording} from '../session/ports.js';

type Chunk = Recording['chunks'][number];

/**
 * The chunks of a recorded run without what no parser needs of BuildKit's objects (`rawjson`): how far a transfer has
 * come, times finer than a millisecond, and whole digests of vertices, which mean nothing outside of a build. That is
 * more than half of a recording, which every copy of a workshop contains.
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
	return Object.keys(slim).length === 0 ? '' : `${JSON.stringify(slim, slimValue)}\n`;
};

const times: ReadonlySet<string> = new Set(['started', 'completed', 'timestamp']);

const vertices: ReadonlySet<string> = new Set(['digest', 'vertex', 'inputs']);

const slimValue = (key: string, value: unknown): unknown => {
	if (times.has(key) && typeof value === 'string') return value.replace(/(\.\d{3})\d+/, '$1');
	if (!vertices.has(key)) return value;
	return Array.isArray(value) ? value.map(item => shortenDigest(String(item))) : shortenDigest(String(value));
};

/** 12 digits tell vertices and layers apart, as they do images in the lists of Docker. */
const shortenDigest = (digest: string): string => digest.replace(/^(sha256:[\da-f]{12})[\da-f]+$/, '$1');

/**
 * Facts without images that have no name and no container, and without their IDs in the ledger: each build leaves some,
 * no check asks for them, and each recording would list them all. Digests of images and layers, which are only compared
 * with one another, are shortened.
 */
export const slimFacts = (facts: Fact[]): Fact[] => {
	const used = new Set(facts.flatMap(fact => (fact.fact === 'container' ? [fact.imageId] : [])));
	const isKept = (fact: Fact) => fact.fact !== 'image' || fact.tags.length > 0 || used.has(fact.id);
	const kept = facts.filter(isKept);
	const ids = new Set([...used, ...kept.flatMap(fact => (fact.fact === 'image' ? [fact.id] : []))]);
	return kept.map(fact => {
		if (fact.fact === 'image')
			return {...fact, id: shortenDigest(fact.id), layers: fact.layers.map(shortenDigest)};
		if (fact.fact === 'container') return {...fact, imageId: shortenDigest(fact.imageId)};
		if (fact.fact === 'ledger')
			return {...fact, imageIds: fact.imageIds.filter(id => ids.has(id)).map(shortenDigest)};
		return fact;
	});
};
