import type {Ledger, LedgerEntry, Owner} from '../../../source/ownership/ledger.js';
import {UserError} from '../../../source/text/user-error.js';

export type FakeLedger = Ledger & {
	/** The entries of all engines, oldest first. */
	all(): LedgerEntry[];
	/** Makes the disk full. */
	fill(): void;
};

/** Creates a ledger in memory. `kept`: the entries of earlier sessions, shared by all ledgers that receive it. */
export const createFakeLedger = (owner: Owner | null = null, kept: LedgerEntry[] = []): FakeLedger => {
	let isFull = false;
	return {
		owner,
		all: () => structuredClone(kept),
		entries: engineId => structuredClone(kept.filter(({engine}) => engine === engineId)),
		append(entry) {
			if (isFull)
				throw new UserError('What the workshop creates can’t be recorded: no space left on device.', {
					next: 'make room, then run this step again',
				});
			kept.push(structuredClone(owner && !entry.workshop ? {...entry, workshop: owner} : entry));
		},
		fill() {
			isFull = true;
		},
	};
};
