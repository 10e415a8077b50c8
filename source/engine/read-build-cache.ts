import * as v from 'valibot';
import {askEngine} from './ask-engine.js';
import {reachDaemon} from './reach-daemon.js';

/** Milliseconds: the engine adds up the sizes of everything it has when it is asked. */
const patience = 10_000;

/** Bytes of the engine's build cache, what records share counted once; null when the engine does not say so in time. */
export const readBuildCache = async (env: Record<string, string>): Promise<number | null> => {
	try {
		const {docker} = await reachDaemon(env, patience);
		return sizeOfBuildCache(await askEngine(() => docker.df(), patience));
	} catch {
		return null;
	}
};

const recordsSchema = v.object({
	BuildCache: v.nullable(v.array(v.object({Size: v.number(), Shared: v.boolean()}))),
});
/** From API 1.52 on. Numbers that are 0 are left out. */
const usageSchema = v.object({
	BuildCacheUsage: v.object({TotalCount: v.optional(v.number(), 0), TotalSize: v.optional(v.number())}),
});

/** The same in bytes, from an answer to `/system/df`; null when it is not in there: a missing list is no empty one. */
export const sizeOfBuildCache = (answer: unknown): number | null => {
	const usage = v.safeParse(usageSchema, answer);
	if (usage.success) {
		const {TotalCount, TotalSize} = usage.output.BuildCacheUsage;
		return TotalSize ?? (TotalCount === 0 ? 0 : null);
	}
	const records = v.safeParse(recordsSchema, answer);
	if (!records.success) return null;
	return (records.output.BuildCache ?? []).reduce((sum, {Size, Shared}) => sum + (Shared ? 0 : Size), 0);
};
