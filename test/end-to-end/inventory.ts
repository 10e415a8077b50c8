import type {TestEngine} from '../engine/test-engine.js';

/** Everything on an engine that can be a learner's: sorted, so that two of them can be compared. */
export type Inventory = {
	/** IDs of all containers, stopped ones too. */
	containers: string[];
	/** IDs of those that run. */
	running: string[];
	/** IDs of all images, intermediate ones too. */
	images: string[];
	/** `name:tag` and the ID it stands for. */
	names: string[];
};

const sort = (lines: string[]): string[] => [...new Set(lines.filter(Boolean))].sort();

/** Reads all there is on an engine. */
export const takeInventory = async ({docker}: TestEngine): Promise<Inventory> => {
	const list = async (...args: string[]) => sort((await docker(...args, '--no-trunc')).split('\n'));
	const names = await list('image', 'ls', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}');
	return {
		containers: await list('ps', '-aq'),
		running: await list('ps', '-q'),
		images: await list('image', 'ls', '-aq'),
		names: names.filter(name => !name.includes('<none>')),
	};
};

/** An inventory with more in it. */
export const withMore = (inventory: Inventory, more: Partial<Inventory>): Inventory => ({
	containers: sort([...inventory.containers, ...(more.containers ?? [])]),
	running: sort([...inventory.running, ...(more.running ?? [])]),
	images: sort([...inventory.images, ...(more.images ?? [])]),
	names: sort([...inventory.names, ...(more.names ?? [])]),
});
