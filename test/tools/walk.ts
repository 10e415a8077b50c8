import {keys, type TestTerminal} from './terminal.js';

/** The footer: the last row with something on it. */
const footerOf = (rows: string[]): string => rows.findLast(row => row !== '') ?? '';

/** What a learner presses who looks at nothing but the footer; null: something runs, wait. */
const nextKey = (footer: string): string | null => {
	if (footer.includes('enter ')) return keys.enter;
	if (footer.includes('s run the solution')) return 's';
	if (footer.includes('c cancel')) return null;
	if (/ h (hint|solution)/.test(footer)) return 'h';
	return null;
};

/**
 * Goes through a workshop by the keys that the footer names, until the screen holds `until`. `onScreen` sees each
 * screen before a key is pressed on it.
 */
export const walk = async (
	terminal: TestTerminal,
	until: RegExp,
	onScreen: (rows: string[]) => void = () => {},
): Promise<string[]> => {
	let before = '';
	for (;;) {
		const rows = await terminal.waitUntil(
			shown => {
				const changed = shown.join('\n') !== before;
				return (changed && nextKey(footerOf(shown)) !== null) || until.test(shown.join('\n'));
			},
			`another screen, or ${until}`,
			60_000,
		);
		onScreen(rows);
		if (until.test(rows.join('\n'))) return rows;
		before = rows.join('\n');
		terminal.press(nextKey(footerOf(rows)) ?? '');
	}
};
