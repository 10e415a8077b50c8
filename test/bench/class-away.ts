import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {createServer} from 'node:net';
import path from 'node:path';
import {createSeatStore} from '../../source/seat/seat-store.js';
import type {Bench, Figure} from './bench.js';
import {measureKeys} from './key-to-frame.js';
import {compare, median} from './statistics.js';

const rounds = 7;

/** Hubs that are no longer there: nobody listens, or somebody who never answers. */
export const classAway: Bench = {
	name: 'class-away',
	about: 'from a key to its frame, in a class whose hub is gone or silent, beside no class',
	async run(workplace) {
		const silent = createServer(() => {}).listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const {port} = silent.address() as AddressInfo;
		const hubs = {gone: {host: '127.0.0.1', port: 1}, silent: {host: '127.0.0.1', port}};
		const medianIn = async (hub: {host: string; port: number} | null): Promise<number> => {
			const home = workplace.folder();
			if (hub) join(home, hub);
			return median(await measureKeys(workplace, home, hub ? /class: away/ : /./));
		};
		const figures: Figure[] = [];
		const noise = await compare(
			rounds,
			() => medianIn(null),
			() => medianIn(null),
		);
		figures.push({what: 'no class ÷ no class: the machine', value: noise.ratio, unit: '×', most: null});
		for (const [name, hub] of Object.entries(hubs)) {
			const {ratio} = await compare(
				rounds,
				() => medianIn(hub),
				() => medianIn(null),
			);
			figures.push({what: `hub ${name} ÷ no class`, value: ratio, unit: '×', most: 1.1});
		}
		silent.close();
		return figures;
	},
};

/** Keeps a class for the program whose home this is, as if the learner had joined it. */
const join = (home: string, address: {host: string; port: number}): void =>
	createSeatStore(path.join(home, '.local', 'state', 'multistage-workshop')).save({
		...{format: 1, name: 'Ada', address, class: {id: 'c'.repeat(64), title: 'Monday'}},
		workshops: [{id: 'bench', hash: 'a'.repeat(64)}],
		...{manifest: 'b'.repeat(64), fingerprint: 'c'.repeat(64), token: 't'.repeat(43), lastMessage: 0},
	});
