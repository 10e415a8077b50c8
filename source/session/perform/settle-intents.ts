import {createBuildParser} from '../../build/create-parser.js';
import type {BuildEvent} from '../../build/model.js';
import {isOf} from '../../ownership/is-ours.js';
import type {Engine, EngineIdentity, LabFolder, Ledger, LedgerEntry, Transcripts} from '../ports.js';
import {entriesOfBuild, entriesOfMaking, entriesOfRun, type Printed} from './ledger-entries.js';
import {lookAfter} from './look-after.js';
import {createBuiltReader} from './read-built.js';

type Intent = Extract<LedgerEntry, {kind: 'intent'}>;

/**
 * Writes into the ledger what runs made whose program did not live to do so: their commands go on without it, and
 * their transcripts tell. A run that still goes on is left for the next time, and
 * another workshop's for that workshop, which knows its base images and its lab folder. Resolves with how many containers and images
 * they are.
 */
export const settleIntents = async (
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
	for (const intent of openIntents(ledger.entries(engineId)).filter(one => isOf(ledger.owner, one))) {
		if (transcripts.state(intent.id) === 'running') continue;
		const printed = await readPrinted(intent, transcripts, cli);
		const {build, making} = intent;
		const after = making ? await lookAfter(making.before, making.makes, {engine, lab}) : null;
		const made = [
			...(build
				? entriesOfBuild({
						engine: engineId,
						build: printed,
						tags: build.tags,
						before: build.before,
						after: await engine.images(),
						baseImages,
					})
				: making && (making.makes.isTyped || !making.makes.printsContainer)
					? []
					: entriesOfRun(engineId, intent.stepId, lab.readCid(intent.id), printed.stdout)),
			...(making && after
				? entriesOfMaking(making.makes, {
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

const openIntents = (entries: LedgerEntry[]): Intent[] => {
	const settled = new Set(entries.filter(({kind}) => kind === 'settled').map(({id}) => id));
	return entries.filter((entry): entry is Intent => entry.kind === 'intent' && !settled.has(entry.id));
};

type Told = Printed & {imageId: string | null; mentioned: {images: string[]; containers: string[]}};

/** What the output says was made: the IDs of a build; the text itself of another command, which is short. */
const readPrinted = async (
	{id, build, making}: Intent,
	transcripts: Transcripts,
	cli: Pick<EngineIdentity['cli'], 'podman'>,
): Promise<Told> => {
	const told: Told = {
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
	const built = making?.makes.images.includes('built') ? createBuiltReader(cli) : null;
	await transcripts.read(id, (stream, bytes) => {
		if (parser) take(parser.push(stream, bytes, 0));
		built?.push(stream, bytes);
		// What names the thing that was made is short, and comes first.
		if (!parser && stream === 'stdout' && told.stdout.length < mostRead) {
			told.stdout += Buffer.from(bytes).toString('latin1');
		}
	});
	if (parser) take(parser.end());
	return {...told, built: built?.end() ?? told.built};
};

/** Characters. */
const mostRead = 64 * 1024;
