import {createLineTail} from './line-tail.js';
import type {Build, BuildEvent, Builder, BuildFailure, BuildFormat} from './model.js';
import {createOwnLines} from './own-lines.js';
import {createLineFinder, describeFailure} from './read-failure.js';
import type {Entry, StageState} from './stage-state.js';

type Failed = {message: string; place: {stage: StageState; entry: Entry} | null};

/**
 * What events say about the build as a whole: who builds, when, into what, and why it failed. `asked`: the format that was
 * asked for.
 */
export const createBuildFacts = (asked: BuildFormat) => {
	let format: BuildFormat | null = null;
	let isListing = false;
	let firstAt: number | null = null;
	let lastAt = 0;
	let imageId: string | null = null;
	/** The first that an instruction said, and the last that the builder said beside them. */
	let failed: Failed | null = null;
	let complaint: string | null = null;
	const names = new Set<string>();
	const mentioned = {image: new Set<string>(), container: new Set<string>()};
	const outside = createLineTail();
	const lineFinder = createLineFinder();
	const ownLines = createOwnLines();
	let firstWords: string | null = null;
	let lastWords: string | null = null;

	return {
		read(event: BuildEvent) {
			ownLines.read(event);
			format = formatOf(event, asked) ?? format;
			if (event.event === 'listed') isListing = true;
			if ('at' in event) {
				firstAt = Math.min(firstAt ?? event.at, event.at);
				lastAt = Math.max(lastAt, event.at);
			}
			if (event.event === 'image') ({imageId} = event);
			if (event.event === 'named') names.add(event.name);
			if (event.event === 'mentioned') mentioned[event.kind].add(event.id);
			if (event.event === 'failed' && event.id === null) complaint = event.message;
		},
		/** A line that belongs to no stage. */
		readOutside({id, text}: {id: string | null; text: string}) {
			outside.push(text);
			lineFinder.read(text);
			if (id !== null || !/^(?!-+$|DEPRECATED: )\S/.test(text)) return;
			firstWords ??= text;
			lastWords = text;
		},
		/** An instruction failed. */
		fail(message: string, place: Failed['place']) {
			failed ??= {message, place};
		},
		failure(hasEnded: boolean): BuildFailure | null {
			// Where no builder has begun, it is docker that complains, and then says where to read on.
			const words =
				complaint ?? (hasEnded ? ((format ? lastWords : firstWords) ?? 'The build printed nothing.') : null);
			const {message, place} = failed ?? {message: words, place: null};
			return message === null
				? null
				: describeFailure(message, {place, line: lineFinder.line(message), said: ownLines.ofFailed()});
		},
		format: () => format,
		/** Whether the builder lists what it will do before it does it. */
		isListing: () => isListing,
		builder: (): Builder | null => (format === 'plain' || format === 'rawjson' ? 'buildkit' : format),
		/** Seconds since the build began. */
		firstAt: () => firstAt ?? lastAt,
		lastAt: () => lastAt,
		snapshot: (): Pick<Build, 'imageId' | 'names' | 'mentioned' | 'outside'> => ({
			imageId,
			names: [...names],
			mentioned: {images: [...mentioned.image], containers: [...mentioned.container]},
			outside: outside.lines(),
		}),
	};
};

/** The format that an event gives away by its id, or by words that only one builder has; null when it doesn't. */
const formatOf = (event: BuildEvent, asked: BuildFormat): BuildFormat | null => {
	if (event.event === 'mentioned') return asked === 'buildah' ? null : 'legacy';
	if (!('id' in event)) return null;
	if (event.id !== null) return formatOfId(event.id);
	if (event.event !== 'line' || asked === 'buildah') return null;
	if (/^building with ".*" instance using /.test(event.text)) return 'plain';
	return /^(?:DEPRECATED: The legacy builder|Sending build context to Docker daemon)/.test(event.text)
		? 'legacy'
		: null;
};

const formatOfId = (id: string): BuildFormat => {
	if (id.startsWith('#')) return 'plain';
	if (id.includes(':')) return 'rawjson';
	return id.includes('/') ? 'buildah' : 'legacy';
};
