import {askEngine} from './ask-engine.js';
import {reachDaemon} from './reach-daemon.js';

/** Milliseconds: the engine adds up the sizes of everything it has when it is asked. */
const patience = 10_000;

/** Bytes of the engine's build cache, what records share counted once; null when the engine does not say so in time. */
export const readBuildCache = async (env: Record<string, string>): Promise<number | null> => {
	try {
		const {docker} = await reachDaemon(env, patience);
		const {BuildCache} = await askEngine<{BuildCache: CacheRecord[] | null}>(() => docker.df(), patience);
		return (BuildCache ?? []).reduce((sum, {Size, Shared}) => sum + (Shared ? 0 : Size), 0);
	} catch {
		return null;
	}
};

type CacheRecord = {Size: number; Shared: boolean};
