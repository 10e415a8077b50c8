import {messages} from '../messages/index.js';
import type {Recording, RunEvent, Runner} from '../session/ports.js';
import {type Builder, nameBuilder} from '../stages/model.js';

/** Plays recordings instead of running commands, at the given pace. */
export const createReplayRunner = ({
	readRecording,
	pace,
	onPlayed,
}: {
	/** `builder`: null if the command is not a build. Returns null if there is no recording. */
	readRecording: (run: {stepId: string; builder: Builder | null}) => Recording | null;
	pace: Pace;
	/** Called before the run is reported as ended, so that its judge sees the recorded facts. */
	onPlayed: (recording: Recording) => void;
}): Runner => ({
	start({stepId, argv, builder}, onEvent, signal) {
		const recording = stepId === null ? null : readRecording({stepId, builder});
		onEvent({type: 'started'});
		if (!recording) {
			const command = argv.join(' ');
			const message = builder
				? messages.runner.notRecordedWith(command, nameBuilder(builder))
				: messages.runner.notRecorded(command);
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
	// A replay ends as soon as it is cancelled, so there is nothing to kill.
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

type Pace = ReturnType<typeof createPace>;

/** The speed of a replay, which can change during a wait. `first`: the initial multiple of the recorded speed. */
export const createPace = (first: number) => {
	let times = first;
	let isSkipping = false;
	let wake = () => {};
	/** Resolves after these milliseconds, or when the pace changes. */
	const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
		new Promise(resolve => {
			const stop = () => {
				clearTimeout(timer);
				signal.removeEventListener('abort', stop);
				resolve();
			};
			const timer = setTimeout(stop, milliseconds);
			signal.addEventListener('abort', stop, {once: true});
			wake = stop;
		});
	return {
		/** Sets the speed, as a multiple of the recorded one. */
		set(wanted: number): void {
			times = wanted;
			wake();
		},
		/** Skips all waits until the next `begin`. */
		skip(): void {
			isSkipping = true;
			wake();
		},
		begin(): void {
			isSkipping = false;
		},
		/** Waits for these milliseconds of the recording, or until the signal is aborted. */
		async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
			let left = milliseconds;
			while (left > 0 && !isSkipping && !signal.aborted && times !== Number.POSITIVE_INFINITY) {
				const speed = times;
				const since = performance.now();
				await sleep(left / speed, signal);
				left -= (performance.now() - since) * speed;
			}
		},
	};
};
