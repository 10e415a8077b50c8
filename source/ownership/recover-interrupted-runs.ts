import type {Engine, EngineIdentity, LabFolder, Transcripts} from '../session/ports.js';
import {
	createBuildOutputReader,
	createPlannedOutputReader,
	type PendingRun,
	repeatSnapshot,
	type SettlingContext,
	settleRun,
} from './created-objects.js';
import type {LedgerEntry} from './ledger.js';
import {belongsTo} from './rules.js';

/**
 * Records in the ledger what interrupted runs created: their commands continue without the program, and their
 * transcripts list the results. Skips runs that are still going, and those of other workshops, which know their own
 * base images and lab folders. Resolves with the number of objects.
 */
export const recoverInterruptedRuns = async (
	engineId: string,
	context: SettlingContext & {
		transcripts: Transcripts;
		cli: Pick<EngineIdentity['cli'], 'podman'>;
		/** Rejects if it doesn't answer. */
		engine: Pick<Engine, 'images' | 'things'>;
		lab: Pick<LabFolder, 'fingerprintsOf'>;
	},
): Promise<number> => {
	const {ledger, transcripts, cli} = context;
	let found = 0;
	for (const run of findPendingRuns(ledger.entries(engineId))) {
		if (!belongsTo(ledger.owner, run) || transcripts.state(run.id) === 'running') continue;
		const made = await settleRun(run, await readTranscript(run, transcripts, cli), {
			...context,
			lookAgain: (before, making) => repeatSnapshot(before, making, context),
		});
		// A name and its image count as one.
		found += new Set(made.map(({id}) => id)).size;
	}
	return found;
};

const findPendingRuns = (entries: LedgerEntry[]): PendingRun[] => {
	const settled = new Set(entries.filter(({kind}) => kind === 'settled').map(({id}) => id));
	return entries.filter((entry): entry is PendingRun => entry.kind === 'intent' && !settled.has(entry.id));
};

/** What a run's output says it created: the IDs of a build, or the text of another command, which is short. */
const readTranscript = async (
	{id, build, making}: PendingRun,
	transcripts: Transcripts,
	cli: Pick<EngineIdentity['cli'], 'podman'>,
): Promise<Parameters<typeof settleRun>[1]> => {
	const followed = build && createBuildOutputReader(build.format, cli);
	const planned = createPlannedOutputReader(making?.makes, cli);
	let stdout = '';
	await transcripts.read(id, (stream, bytes) => {
		followed?.push(stream, bytes);
		planned?.push(stream, bytes);
		// The output that names the object is short and comes first.
		if (!followed && stream === 'stdout' && stdout.length < maxCharacters)
			stdout += Buffer.from(bytes).toString('latin1');
	});
	const output = followed?.end();
	return {
		build: output ? {imageId: output.imageIds.at(-1) ?? null, mentioned: output.mentioned} : null,
		built: planned?.end() ?? null,
		stdout,
	};
};

const maxCharacters = 64 * 1024;
