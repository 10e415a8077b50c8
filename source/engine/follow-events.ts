import {setTimeout as pause} from 'node:timers/promises';
import type Docker from 'dockerode';
import type {GetEventsOptions} from 'dockerode';
import {askEngine} from './ask-engine.js';

/** What can change a verdict; an engine's health checks and `docker exec` are not among it. */
const filters: GetEventsOptions['filters'] = {
	type: ['container', 'image', 'network'],
	event: [
		...[
			'create',
			'start',
			'die',
			'stop',
			'kill',
			'destroy',
			'pause',
			'unpause',
			'restart',
			'rename',
			'update',
		],
		...['tag', 'untag', 'delete', 'import', 'load', 'pull'],
		...['connect', 'disconnect', 'remove'],
	],
};

/** Milliseconds between two attempts to connect. */
const shortest = 250;
const longest = 2000;

/** Milliseconds between two signs of life: a daemon that hangs keeps its connections open, and says nothing more. */
const heartbeat = 10_000;

/**
 * Calls back after events, debounced, until the signal is aborted. A lost connection is made again, after pauses that
 * grow up to 2 s, for the events since. Each connection calls back too, and so does its loss: what happens while
 * there is none is seen then.
 */
export const followEvents = async (
	connect: () => Promise<Docker>,
	onChange: () => void,
	signal: AbortSignal,
): Promise<void> => {
	const change = debounce(onChange, signal);
	let since: number | null = null;
	let isBroken = false;
	let wait = shortest;
	while (!signal.aborted) {
		const connection = new AbortController();
		const both = AbortSignal.any([signal, connection.signal]);
		try {
			const docker = await connect();
			const events = await openEvents(docker, since, both);
			change();
			isBroken = false;
			wait = shortest;
			void feelPulse(docker, both).catch(() => connection.abort());
			for await (const chunk of events) {
				since = lastTime(String(chunk)) ?? since;
				change();
			}
		} catch {
			// Whatever it was, the daemon is asked again; what is wrong with it is told by the facts.
		}
		connection.abort();
		if (!isBroken) change();
		isBroken = true;
		await pause(wait, null, {signal}).catch(() => null);
		wait = Math.min(wait * 2, longest);
	}
};

const openEvents = async (
	docker: Docker,
	since: number | null,
	signal: AbortSignal,
): Promise<NodeJS.ReadableStream> => {
	const controller = new AbortController();
	try {
		return await askEngine(() =>
			docker.getEvents({
				filters,
				...(since === null ? {} : {since}),
				abortSignal: AbortSignal.any([signal, controller.signal]),
			}),
		);
	} catch (error) {
		controller.abort();
		throw error;
	}
};

/** Asks for a sign of life from time to time; rejects when there is none, or the signal is aborted. */
const feelPulse = async (docker: Docker, signal: AbortSignal): Promise<never> => {
	for (;;) {
		await pause(heartbeat, null, {signal, ref: false});
		await askEngine(() => docker.ping());
	}
};

/** Seconds since 1970, by the engine's clock, of the newest event. */
const lastTime = (chunk: string): number | null => {
	const nanoseconds = [...chunk.matchAll(/"timeNano":(\d+)/g)].at(-1)?.[1];
	return nanoseconds ? Number(nanoseconds) / 1e9 : null;
};

/** Events come in bunches: one call 50 ms after the first of them. */
const debounce = (call: () => void, signal: AbortSignal): (() => void) => {
	let isDue = false;
	return () => {
		if (isDue) return;
		isDue = true;
		setTimeout(() => {
			isDue = false;
			if (!signal.aborted) call();
		}, 50);
	};
};
