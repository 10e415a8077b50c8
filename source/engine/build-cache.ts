import {setTimeout as pause} from 'node:timers/promises';
import type Docker from 'dockerode';
import * as v from 'valibot';
import {reachDaemon} from './daemon.js';
import {mapLimited, withTimeout} from './endpoint.js';

/** Milliseconds: for each request, the engine adds up the sizes of everything that it has. */
const timeoutMs = 30_000;

/** How often nothing may be removed before the rest stays, and milliseconds in between. */
const vainRounds = 5;
const roundMs = 400;

const recordsSchema = v.object({BuildCache: v.nullable(v.array(v.object({ID: v.string()})))});

/** The IDs of the records in the engine's build cache; null if it does not list them, or does not answer. */
export const listBuildCache = async (env: Record<string, string>): Promise<string[] | null> => {
	try {
		return await listRecords((await reachDaemon(env, timeoutMs)).docker);
	} catch {
		return null;
	}
};

const listRecords = async (docker: Docker): Promise<string[] | null> => {
	const records = v.safeParse(recordsSchema, await withTimeout(() => docker.df(), timeoutMs));
	return records.success ? (records.output.BuildCache ?? []).map(({ID}) => ID) : null;
};

/**
 * Removes the records that have come to the engine's build cache, as far as nothing uses them. `before`: those that
 * stay. Never rejects.
 */
export const restoreBuildCache = async (env: Record<string, string>, before: string[]): Promise<void> => {
	const kept = new Set(before);
	try {
		const {docker} = await reachDaemon(env, timeoutMs);
		const listNew = async () => ((await listRecords(docker)) ?? []).filter(id => !kept.has(id));
		// A record can be removed once none is left that was made from it, and the build has let go of it.
		let left = await listNew();
		for (let vain = 0; left.length > 0 && vain < vainRounds; ) {
			const count = left.length;
			await mapLimited(left, id => withTimeout(() => removeRecord(docker, id), timeoutMs));
			left = await listNew();
			if (left.length < count) continue;
			vain++;
			await pause(roundMs);
		}
	} catch {
		// The engine is gone, and its build cache removes what has not been used for long by itself.
	}
};

/** Dockerode's own function passes no filters on. */
const removeRecord = (docker: Docker, id: string): Promise<unknown> => {
	const options = {
		path: '/build/prune?',
		method: 'POST',
		options: {all: true, filters: JSON.stringify({id: {[id]: true}})},
		statusCodes: {200: true},
	};
	return new Promise((resolve, reject) => {
		docker.modem.dial(options, (error, data) => (error ? reject(error) : resolve(data)));
	});
};
