import type {BuildEvent, SaidLine} from './model.js';

/** Lines kept of each instruction that runs: the words with which it may fail. */
const keptLines = 30;

/** The last lines of one instruction, in a ring: `count` lines have come, and the next one overwrites the oldest. */
type Ring = {lines: SaidLine[]; count: number};

/** The last lines of each instruction that runs, so that those of the one that fails are known: a stage has others too. */
export const createOwnLines = () => {
	const rings = new Map<string, Ring>();
	let last: {id: string; ring: Ring} | null = null;
	let failed: SaidLine[] | null = null;
	const ringOf = (id: string): Ring => {
		// Lines of one instruction mostly follow each other.
		if (last?.id === id) return last.ring;
		const ring = rings.get(id) ?? {lines: [], count: 0};
		rings.set(id, ring);
		last = {id, ring};
		return ring;
	};
	return {
		read(event: BuildEvent) {
			if (event.event === 'line' && event.id !== null) {
				const ring = ringOf(event.id);
				ring.lines[ring.count % keptLines] = event;
				ring.count++;
			} else if (event.event === 'failed' && event.id !== null) failed ??= inOrder(ringOf(event.id));
		},
		/** What the first instruction that failed has said last; nothing when none did. */
		ofFailed: (): SaidLine[] => failed ?? [],
	};
};

const inOrder = ({lines, count}: Ring): SaidLine[] => {
	const oldest = lines.length < keptLines ? 0 : count % keptLines;
	return [...lines.slice(oldest), ...lines.slice(0, oldest)].map(({text, at}) => ({text, at}));
};
