import type {Engine, EngineIdentity, LabFolder, Transcripts} from '../session/ports.js';
import type {BuildEvent} from '../stages/model.js';
import {createBuildParser} from '../stages/parsers/build-parser.js';
import {
	createBuildEntries,
	createBuiltImageReader,
	createContainerEntries,
	createObjectEntries,
	type PrintedObjects,
	repeatSnapshot,
} from './created-objects.js';
import type {Ledger, LedgerEntry} from './ledger.js';
import {belongsTo} from './rules.js';

type PendingRun = Extract<LedgerEntry, {kind: 'intent'}>;

/**
 * Writes into the ledger what runs made whose program did not live to do so: their commands go on without it, and
 * their transcripts tell. A run that still goes on is left for the next time, and
 * another workshop's for that workshop, which knows its base images and its lab folder. Resolves with how many containers and images
 * they are.
 */
export const recoverInterruptedRuns = async (
	engineId: string,
	{
		ledger,
		transcripts,
		engine,
		cli,
		lab,
		baseImages,
	}: {
		ledger: Ledger;
		transcripts: Transcripts;
		cli: Pick<EngineIdentity['cli'], 'podman'>;
		/** Rejects when it does not answer. */
		engine: Pick<Engine, 'images' | 'things'>;
		lab: Pick<LabFolder, 'readCid' | 'dropCid' | 'printsOf'>;
		/** Names of the images that the workshop starts from. */
		baseImages: string[];
	},
): Promise<number> => {
	let found = 0;
	for (const intent of findPendingRuns(ledger.entries(engineId)).filter(one =>
		belongsTo(ledger.owner, one),
	)) {
		if (transcripts.state(intent.id) === 'running') continue;
		const printed = await readTranscript(intent, transcripts, cli);
		const {build, making} = intent;
		const after = making ? await repeatSnapshot(making.before, making.makes, {engine, lab}) : null;
		const made = [
			...(build
				? createBuildEntries({
						engine: engineId,
						build: printed,
						tags: build.tags,
						before: build.before,
						after: await engine.images(),
						baseImages,
					})
				: making && (making.makes.isTyped || !making.makes.printsContainer)
					? []
					: createContainerEntries(engineId, intent.stepId, lab.readCid(intent.id), printed.stdout)),
			...(making && after
				? createObjectEntries(making.makes, {
						engine: engineId,
						printed,
						before: making.before,
						after,
						known: ledger.entries(engineId),
						baseImages,
					})
				: []),
		];
		for (const entry of made) ledger.append(entry);
		// A name and its image are one thing.
		found += new Set(made.map(({id}) => id)).size;
		ledger.append({kind: 'settled', engine: engineId, id: intent.id});
		lab.dropCid(intent.id);
	}
	return found;
};

const findPendingRuns = (entries: LedgerEntry[]): PendingRun[] => {
	const settled = new Set(entries.filter(({kind}) => kind === 'settled').map(({id}) => id));
	return entries.filter((entry): entry is PendingRun => entry.kind === 'intent' && !settled.has(entry.id));
};

type RecoveredOutput = PrintedObjects & {
	imageId: string | null;
	mentioned: {images: string[]; containers: string[]};
};

/** What the output says was made: the IDs of a build; the text itself of another command, which is short. */
const readTranscript = async (
	{id, build, making}: PendingRun,
	transcripts: Transcripts,
	cli: Pick<EngineIdentity['cli'], 'podman'>,
): Promise<RecoveredOutput> => {
	const told: RecoveredOutput = {
		imageId: null,
		mentioned: {images: [], containers: []},
		built: {images: [], names: []},
		stdout: '',
	};
	const take = (events: BuildEvent[]) => {
		for (const event of events) {
			if (event.event === 'image') told.imageId = event.imageId;
			if (event.event === 'mentioned') told.mentioned[`${event.kind}s`].push(event.id);
		}
	};
	const parser = build ? createBuildParser(build.format) : null;
	const built = making?.makes.images.includes('built') ? createBuiltImageReader(cli) : null;
	await transcripts.read(id, (stream, bytes) => {
		if (parser) take(parser.push(stream, bytes, 0));
		built?.push(stream, bytes);
		// What names the thing that was made is short, and comes first.
		if (!parser && stream === 'stdout' && told.stdout.length < maxCharacters) {
			told.stdout += Buffer.from(bytes).toString('latin1');
		}
	});
	if (parser) take(parser.end());
	return {...told, built: built?.end() ?? told.built};
};

/** Characters. */
const maxCharacters = 64 * 1024;
