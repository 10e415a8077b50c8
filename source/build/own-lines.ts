import type {BuildEvent, SaidLine} from './model.js';

/** Lines kept of each instruction that runs: the words with which it may fail. */
const keptLines = 30;

/** The last lines of each instruction that runs, so that those of the one that fails are known: a stage has others too. */
export const createOwnLines = () => {
	const byId = new Map<string, SaidLine[]>();
	let failed: SaidLine[] | null = null;
	return {
		read(event: BuildEvent) {
			if (!('id' in event) || event.id === null) return;
			if (event.event === 'line') {
				const lines = byId.get(event.id) ?? [];
				byId.set(event.id, lines);
				lines.push(event);
				// Now and then, so that a flood of lines moves each one once.
				if (lines.length >= 20 * keptLines) lines.splice(0, lines.length - keptLines);
			} else if (event.event === 'failed') {
				failed ??= byId.get(event.id) ?? [];
			}
		},
		/** What the first instruction that failed has said last; nothing when none did. */
		ofFailed: (): SaidLine[] => failed?.slice(-keptLines).map(({text, at}) => ({text, at})) ?? [],
	};
};
