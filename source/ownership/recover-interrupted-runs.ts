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
 * Writes into the ledger what runs made whose program was ended in the middle of them: their commands go on without it,
 * and their transcripts tell. A run that still goes on is left for the next time, and another workshop's for that
 * workshop, which knows its base images and its lab folder. Resolves with how many containers and images they are.
 */
export const recoverInterruptedRuns = async (
	engineId: string,
	context: SettlingContext & {
		transcripts: Transcripts;
		cli: Pick<EngineIdentity['cli'], 'podman'>;
		/** Rejects when it does not answer. */
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
		// A name and its image are one thing.
		found += new Set(made.map(({id}) => id)).size;
	}
	return found;
};

const findPendingRuns = (entries: LedgerEntry[]): PendingRun[] => {
	const settled = new Set(entries.filter(({kind}) => kind === 'settled').map(({id}) => id));
	return entries.filter((entry): entry is PendingRun => entry.kind === 'intent' && !settled.has(entry.id));
};

/** What the output says was made: the IDs of a build; the text itself of another command, which is short. */
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
		// What names the thing that was made is short, and comes first.
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
