import type {Recording, RunEvent, Runner} from '../session/ports.js';

/**
 * Plays recordings in place of commands. `speed`: 1 as recorded, Infinity all at once. `onPlayed` is called before a
 * run's end is told, so that whoever judges it finds the recorded facts.
 */
export const createReplayRunner = ({
	readRecording,
	speed,
	onPlayed,
}: {
	/** Null when there is none for the step. */
	readRecording: (stepId: string) => Recording | null;
	speed: number;
	onPlayed: (stepId: string) => void;
}): Runner => ({
	start({stepId, argv}, onEvent, signal) {
		const recording = stepId === null ? null : readRecording(stepId);
		onEvent({type: 'started'});
		if (!recording) {
			const message = `Nothing is recorded for \`${argv.join(' ')}\`.`;
			onEvent({type: 'ended', outcome: {ended: 'could-not-start', message, seconds: 0}});
			return;
		}
		void play(recording, speed, onEvent, signal).then(() => {
			if (signal.aborted) {
				onEvent({type: 'ended', outcome: {ended: 'cancelled', seconds: 0}});
				return;
			}
			onPlayed(recording.stepId);
			onEvent({type: 'ended', outcome: recording.outcome});
		});
	},
	// A replay ends as soon as it is cancelled: there is nothing left to kill.
	kill() {},
});

const play = async (
	{chunks, outcome}: Recording,
	speed: number,
	onEvent: (event: RunEvent) => void,
	signal: AbortSignal,
): Promise<void> => {
	const startedAt = performance.now();
	const until = (t: number) => wait(startedAt + t / speed - performance.now(), signal);
	for (const {t, stream, bytes} of chunks) {
		await until(t);
		if (signal.aborted) return;
		onEvent({type: 'output', stream, bytes, at: t});
	}
	await until(outcome.seconds * 1000);
};

/** Resolves after some milliseconds, at once when there are none to wait or the signal is aborted. */
const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
	new Promise(resolve => {
		if (milliseconds <= 0 || signal.aborted) return resolve();
		const stop = () => {
			clearTimeout(timer);
			resolve();
		};
		const timer = setTimeout(() => {
			signal.removeEventListener('abort', stop);
			resolve();
		}, milliseconds);
		signal.addEventListener('abort', stop, {once: true});
	});
