import type {Transcripts} from '../../../source/session/ports.js';

type Stream = 'stdout' | 'stderr';
type Kept = {isOver: boolean; stdout: Buffer[]; stderr: Buffer[]};

export type FakeTranscripts = Transcripts & {
	folder: string;
	runIds(): string[];
	remove(runId: string): void;
	/** Starts the transcript of a run. */
	begin(runId: string): void;
	write(runId: string, stream: Stream, bytes: Uint8Array): void;
	/** Marks the command as ended. */
	end(runId: string): void;
};

/** Creates transcripts in memory. */
export const createFakeTranscripts = (): FakeTranscripts => {
	const runs = new Map<string, Kept>();
	return {
		folder: '/home/ada/.local/state/transcripts',
		runIds: () => [...runs.keys()],
		remove: runId => void runs.delete(runId),
		begin: runId => void runs.set(runId, {isOver: false, stdout: [], stderr: []}),
		write: (runId, stream, bytes) => void runs.get(runId)?.[stream].push(Buffer.from(bytes)),
		end(runId) {
			const run = runs.get(runId);
			if (run) run.isOver = true;
		},
		state(runId) {
			const run = runs.get(runId);
			if (!run) return 'missing';
			return run.isOver ? 'over' : 'running';
		},
		async read(runId, onBytes) {
			for (const stream of ['stdout', 'stderr'] as const)
				for (const bytes of runs.get(runId)?.[stream] ?? []) onBytes(stream, bytes);
		},
	};
};
