import {setTimeout as pause} from 'node:timers/promises';
import {classFormat, type ResultEntry, type SeatReport, type SeatState} from '../classroom/protocol.js';
import type {ClassListener} from '../session/ports.js';
import {type HubClient, HubError} from './hub-client.js';
import type {JoinedClass, SeatStore} from './seat-store.js';
import type {SentState} from './sent-state.js';
import type {Signal} from './signal.js';

/** The learner's results, in order. `after`: the number of the last one that is not wanted. */
export type ResultsAfter = (after: number) => ResultEntry[];

/** What a seat talks about with its hub. */
export type Talk = {
	joined: JoinedClass;
	client: HubClient;
	store: SeatStore;
	/** The state to send. */
	select(): SeatState;
	resultsAfter: ResultsAfter;
	sent: SentState;
	/** Raised when the state may have changed. */
	changes: Signal;
	/** Called for each answer to a report. */
	onAnswer(): void;
	onMessage: ClassListener['onMessage'];
	signal: AbortSignal;
};

/** Results in one report, so that it stays below the hub's limit of bytes. */
export const maxResults = 100;

/** Milliseconds between requests for messages: a hub that answers at once must not keep the program busy. */
const messagesInterval = 1000;

/** Milliseconds between looks for news: a build changes the session many times a second. */
const changesInterval = 50;

/** Creates the report of a seat: everything that is ever sent after joining. */
export const createReport = (
	{name}: Pick<JoinedClass, 'name'>,
	state: SeatState,
	{sequence, lastMessage, results}: Pick<SeatReport, 'sequence' | 'lastMessage' | 'results'>,
): SeatReport => ({format: classFormat, sequence, name, ...state, lastMessage, results});

/** Sends reports and waits for messages until something fails; then it rejects, with a `HubError` if it is the hub's. */
export const talkToHub = async (talk: Talk): Promise<void> => {
	const stopped = new AbortController();
	const signal = AbortSignal.any([talk.signal, stopped.signal]);
	const part = {...talk, signal};
	try {
		// The first report tells whether the hub knows this seat.
		await report(talk);
		await Promise.all([sendReports(part), readMessages(part)]);
	} finally {
		stopped.abort();
		talk.client.close();
	}
};

/** Sends what the hub does not know, if there is anything. */
export const sendRest = async (talk: Talk): Promise<void> => {
	if (isNews(talk)) await report(talk);
};

const isNews = (talk: Talk): boolean => talk.sent.isNews(talk.select(), unacknowledged(talk));

const unacknowledged = ({sent, resultsAfter}: Talk): ResultEntry[] =>
	resultsAfter(sent.acknowledged()).slice(0, maxResults);

const report = async (talk: Talk): Promise<void> => {
	const {joined, client, store, sent, select, onAnswer} = talk;
	const state = select();
	const results = unacknowledged(talk);
	const sequence = sent.begin(results);
	const lastMessage = store.load()?.lastMessage ?? 0;
	const answer = await client.report(createReport(joined, state, {sequence, lastMessage, results}));
	sent.end(sequence, state, answer);
	onAnswer();
};

const sendReports = async (talk: Talk): Promise<void> => {
	const {sent, changes, signal, select} = talk;
	for (;;) {
		const wait = sent.untilNext(select(), unacknowledged(talk));
		if (wait === 0) await report(talk);
		else {
			await changes.next(wait, signal);
			await pause(changesInterval, null, {signal});
		}
	}
};

const readMessages = async ({client, store, onMessage, signal}: Talk): Promise<void> => {
	for (let after = 0; ; ) {
		const next = pause(messagesInterval, null, {signal});
		next.catch(() => {});
		const {messages} = await client.messages(after);
		for (const message of messages) {
			if (message.number <= after) continue;
			after = message.number;
			const isNew = after > (store.load()?.lastMessage ?? 0);
			if (isNew) store.noteMessage(after);
			onMessage(message, isNew);
			if (message.kind === 'end') throw new HubError('class-is-over');
		}
		await next;
	}
};
