import {createBuildParser} from '../../build/create-parser.js';
import type {BuildEvent} from '../../build/model.js';
import type {ImageSnapshot, Ledger, LedgerEntry, Transcripts} from '../ports.js';
import {entriesOfBuild, entriesOfRun} from './ledger-entries.js';

type Intent = Extract<LedgerEntry, {kind: 'intent'}>;

/**
 * Writes into the ledger what runs made whose program did not live to do so: their commands go on without it, and
 * their transcripts tell. A run that still goes on is left for the next time. Resolves with how many containers and images
 * they are. `images`: rejects without an engine.
 */
export const settleIntents = async (
	engineId: string,
	{
		ledger,
		transcripts,
		images,
		readCid,
		dropCid,
		baseImages,
	}: {
		ledger: Ledger;
		transcripts: Transcripts;
		images(): Promise<ImageSnapshot>;
		readCid(runId: string): string | null;
		dropCid(runId: string): void;
		/** Names of the images that the workshop starts from. */
		baseImages: string[];
	},
): Promise<number> => {
	let found = 0;
	for (const intent of openIntents(ledger.entries(engineId))) {
		if (transcripts.state(intent.id) === 'running') continue;
		const printed = await readPrinted(intent, transcripts);
		const made = intent.build
			? entriesOfBuild({
					engine: engineId,
					build: printed,
					tags: intent.build.tags,
					before: intent.build.before,
					after: await images(),
					baseImages,
				})
			: entriesOfRun(engineId, intent.stepId, readCid(intent.id), printed.stdout);
		for (const entry of made) ledger.append(entry);
		// A name and its image are one thing.
		found += new Set(made.map(({id}) => id)).size;
		ledger.append({kind: 'settled', engine: engineId, id: intent.id});
		dropCid(intent.id);
	}
	return found;
};

const openIntents = (entries: LedgerEntry[]): Intent[] => {
	const settled = new Set(entries.filter(({kind}) => kind === 'settled').map(({id}) => id));
	return entries.filter((entry): entry is Intent => entry.kind === 'intent' && !settled.has(entry.id));
};

type Printed = {
	imageId: string | null;
	mentioned: {images: string[]; containers: string[]};
	stdout: string;
};

/** What the output says was made: the IDs of a build; the text itself of another command, which is short. */
const readPrinted = async ({id, build}: Intent, transcripts: Transcripts): Promise<Printed> => {
	const printed: Printed = {imageId: null, mentioned: {images: [], containers: []}, stdout: ''};
	const take = (events: BuildEvent[]) => {
		for (const event of events) {
			if (event.event === 'image') printed.imageId = event.imageId;
			if (event.event === 'mentioned') printed.mentioned[`${event.kind}s`].push(event.id);
		}
	};
	const parser = build ? createBuildParser(build.format) : null;
	await transcripts.read(id, (stream, bytes) => {
		if (parser) take(parser.push(stream, bytes, 0));
		// `-d` prints nothing but the container's ID.
		else if (stream === 'stdout') printed.stdout ||= Buffer.from(bytes).toString('latin1');
	});
	if (parser) take(parser.end());
	return printed;
};
