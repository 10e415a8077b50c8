import path from 'node:path';
import {listAllEngines} from '../tools/files-together.js';

/** One engine as the script `test/engine/engine` knows it. */
export type ListedEngine = {
	/** What its script calls it: `26`, `26b`, … */
	name: string;
	/** `20`, `26`, `28`, `28c` (28 with the containerd image store); those of one version are alike. */
	version: string;
	up: boolean;
	host: string;
	config: string;
	/** The folder of its `docker`. */
	bin: string;
	/** The file that tests lock while they use it. */
	lock: string;
	/** First and last host port that are for tests. */
	ports: [number, number];
};

/** The script that starts and stops engines. */
export const engineScript = path.resolve('test/engine/engine');

/** The script that starts and stops Podmans. */
export const podmanScript = path.resolve('test/engine/podman');

/** Whether an engine of this name is a Podman. */
export const isPodman = (name: string): boolean => name.startsWith('podman');

/** All engines, whether up or not, as ava's configuration has listed them; none where the scripts can't run. */
const all: ListedEngine[] = (process.env.LISTED_ENGINES ?? listAllEngines().join('\n'))
	.split('\n')
	.filter(Boolean)
	.map(document => JSON.parse(document));

/** All engines, whether up or not. */
export const listEngines = (): ListedEngine[] => all.filter(({name}) => !isPodman(name));

/** All Podmans in the same way, by their sockets and by their own `docker`: `podman5.4`, `podman5.4-docker`, … */
export const listPodmans = (): ListedEngine[] => all.filter(({name}) => isPodman(name));
