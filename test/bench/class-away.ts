import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {createServer} from 'node:net';
import path from 'node:path';
import {createSeatStore} from '../../source/seat/seat-store.js';
import type {Bench} from './bench.js';
import {measureKeys} from './key-to-frame.js';
import {percentile} from './statistics.js';

const rounds = 4;

/** Hubs that are no longer there: nobody listens, or somebody who never answers. */
export const classAway: Bench = {
	name: 'class-away',
	about: 'from a key to its frame, in a class whose hub is gone or silent, beside no class',
	async run(workplace) {
		const silent = createServer(() => {}).listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const {port} = silent.address() as AddressInfo;
		const homes = {
			'no class': null,
			'no class again': null,
			'hub gone': {host: '127.0.0.1', port: 1},
			'hub silent': {host: '127.0.0.1', port},
		};
		const times: Record<string, number[]> = {};
		for (let round = 0; round < rounds; round++) {
			for (const [name, address] of Object.entries(homes)) {
				const home = workplace.folder();
				if (address) join(home, address);
				times[name] = [
					...(times[name] ?? []),
					...(await measureKeys(workplace, home, address ? /class: away/ : /./)),
				];
			}
		}
		silent.close();
		const ratio = (name: string, part: number) =>
			percentile(times[name] ?? [], part) / percentile(times['no class'] ?? [], part);
		// Without a class twice: what differs there is the machine.
		return ['hub gone', 'hub silent', 'no class again'].flatMap(name => [
			{
				what: `${name} ÷ no class, median`,
				value: ratio(name, 50),
				unit: '×',
				most: name === 'no class again' ? null : 1.1,
			},
			{what: `${name} ÷ no class, 99th percentile`, value: ratio(name, 99), unit: '×', most: null},
		]);
	},
};

/** Keeps a class for the program whose home this is, as if the learner had joined it. */
const join = (home: string, address: {host: string; port: number}): void =>
	createSeatStore(path.join(home, '.local', 'state', 'multistage-workshop')).save({
		...{format: 1, name: 'Ada', address, class: {id: 'c'.repeat(64), title: 'Monday'}},
		workshops: [{id: 'bench', hash: 'a'.repeat(64)}],
		...{manifest: 'b'.repeat(64), fingerprint: 'c'.repeat(64), token: 't'.repeat(43), lastMessage: 0},
	});
