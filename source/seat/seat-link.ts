import {setTimeout as pause} from 'node:timers/promises';
import type {SeatState} from '../classroom/protocol.js';
import type {ClassListener, ClassPresence, Classroom} from '../session/ports.js';
import {createHubClient, HubError, type HubTrouble} from './hub-client.js';
import type {JoinedClass, SeatStore} from './seat-store.js';
import {createSentState} from './sent-state.js';
import {createSignal} from './signal.js';
import {type ResultsAfter, sendRest, type Talk, talkToHub} from './talk-to-hub.js';

export type SeatLinkOptions = {
	store: SeatStore;
	/** The hash of the workshop's folder. Called once, after the first frame. */
	hash: () => string;
	/** Whether the learner has handed in since joining. */
	handedIn: () => boolean;
	resultsAfter: ResultsAfter;
};

/**
 * Milliseconds. `request`: until an answer is complete. `firstRetry`: until the first new try; it doubles up to
 * `mostRetry`, so that all seats are back within 10 s after the hub. `close`: what the end of the program may wait for.
 */
const times = {request: 4000, firstRetry: 500, mostRetry: 5000, close: 1000};

/** What a refusal means for the seat; other troubles are temporary. */
const endings: Partial<Record<HubTrouble, ClassPresence>> = {
	'class-is-over': 'over',
	'unknown-seat': 'left',
	'taken-over': 'elsewhere',
	'other-format': 'left',
};

/**
 * Connects a session with its class: sends the latest state after a change, at most every 2 s, and waits for messages.
 * When the hub does not answer, it tries again with growing pauses; each report is whole, so nothing is lost.
 */
export const createSeatLink = (
	joined: JoinedClass,
	{store, hash, handedIn, resultsAfter}: SeatLinkOptions,
): Classroom => {
	const closing = new AbortController();
	const {signal} = closing;
	const changes = createSignal();
	const sent = createSentState();
	let talk: Talk | null = null;
	let failures = 0;

	/** Connects once, and talks until something fails. Resolves with what that means; null: try again. */
	const connect = async (select: () => SeatState, listener: ClassListener): Promise<ClassPresence | null> => {
		// Another copy of the program may have joined again, or left.
		const current = store.load();
		if (current?.class.id !== joined.class.id) return 'left';
		const {address, fingerprint, token} = current;
		const client = createHubClient(address, {fingerprint, token, timeoutMs: times.request});
		talk = {
			...{joined: current, client, store, select, resultsAfter, sent, changes, signal},
			onMessage: listener.onMessage,
			onAnswer() {
				failures = 0;
				listener.onPresence('here');
			},
		};
		signal.addEventListener('abort', client.close, {once: true});
		const error = await talkToHub(talk).catch(caught => caught);
		signal.removeEventListener('abort', client.close);
		talk = null;
		if (!(error instanceof HubError) || store.load()?.token !== token) return null;
		return endings[error.trouble] ?? null;
	};

	const run = async (select: () => SeatState, listener: ClassListener): Promise<void> => {
		if (!store.acquire()) return listener.onPresence('elsewhere');
		for (;;) {
			const ending = await connect(select, listener);
			if (signal.aborted) return;
			if (ending === 'over') store.forget();
			listener.onPresence(ending ?? 'away');
			if (ending) return;
			sent.forget();
			await pause(retryDelay(failures++), null, {signal});
		}
	};

	return {
		title: joined.class.title,
		open(select, {onPresence, onMessage}) {
			let known: string | null = null;
			const selectNow = () => {
				known ??= hash();
				return select({hash: known, handedIn: handedIn()});
			};
			// Nothing is told to a session that has ended.
			const listener: ClassListener = {
				onPresence: presence => signal.aborted || onPresence(presence),
				onMessage: (message, isNew) => signal.aborted || onMessage(message, isNew),
			};
			run(selectNow, listener).catch(error => {
				if (!signal.aborted) throw error;
			});
		},
		note: changes.raise,
		async close() {
			if (talk) await Promise.race([sendRest(talk).catch(() => {}), pause(times.close)]);
			closing.abort();
		},
	};
};

/** With jitter, so that the seats of a class don't all come back at once. */
const retryDelay = (failures: number): number =>
	Math.min(times.mostRetry, times.firstRetry * 2 ** failures) * (0.5 + Math.random() / 2);
