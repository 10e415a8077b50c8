import type {Builder} from '../build/model.js';
import type {Recording, RunEvent, Runner} from '../session/ports.js';
import {builderWords} from '../text/builder-words.js';
import type {Pace} from './create-pace.js';

/** Plays recordings in place of commands, as quickly as the pace says. */
export const createReplayRunner = ({
	readRecording,
	pace,
	onPlayed,
}: {
	/** `builder`: null for commands that are no build. Null when there is none. */
	readRecording: (run: {stepId: string; builder: Builder | null}) => Recording | null;
	pace: Pace;
	/** Called before a run's end is told, so that whoever judges it finds the recorded facts. */
	onPlayed: (recording: Recording) => void;
}): Runner => ({
	start({stepId, argv, builder}, onEvent, signal) {
		const recording = stepId === null ? null : readRecording({stepId, builder});
		onEvent({type: 'started'});
		if (!recording) {
			const by = builder ? ` by ${builderWords(builder)}` : '';
			const message = `Nothing is recorded for \`${argv.join(' ')}\`${by}.`;
			onEvent({type: 'ended', outcome: {ended: 'could-not-start', message, seconds: 0}});
			return;
		}
		void play(recording, pace, onEvent, signal).then(() => {
			if (signal.aborted) {
				onEvent({type: 'ended', outcome: {ended: 'cancelled', seconds: 0}});
				return;
			}
			onPlayed(recording);
			onEvent({type: 'ended', outcome: recording.outcome});
		});
	},
	// A replay ends as soon as it is cancelled: there is nothing left to kill.
	kill() {},
});

const play = async (
	{chunks, outcome}: Recording,
	pace: Pace,
	onEvent: (event: RunEvent) => void,
	signal: AbortSignal,
): Promise<void> => {
	pace.begin();
	let now = 0;
	for (const {t, stream, bytes} of chunks) {
		await pace.wait(t - now, signal);
		if (signal.aborted) return;
		now = Math.max(now, t);
		onEvent({type: 'output', stream, bytes, at: t});
	}
	await pace.wait(outcome.seconds * 1000 - now, signal);
};
