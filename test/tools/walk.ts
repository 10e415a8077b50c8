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
 * What a key other than `h` changes: the title of the step with its mark, or the footer. Other rows change by
 * themselves, and a key that is pressed twice does two things.
 */
const signOf = (rows: string[]): string => `${rows[2]}\n${footerOf(rows)}`;

/**
 * Goes through a workshop by the keys that the footer names, until the screen holds `until`. `onScreen` sees each
 * screen before a key is pressed on it.
 */
export const walk = async (
	terminal: Pick<TestTerminal, 'press' | 'waitUntil'>,
	until: RegExp,
	onScreen: (rows: string[]) => void = () => {},
): Promise<string[]> => {
	let hasChanged: (rows: string[]) => boolean = () => true;
	for (;;) {
		const rows = await terminal.waitUntil(
			shown => (hasChanged(shown) && nextKey(footerOf(shown)) !== null) || until.test(shown.join('\n')),
			`another screen, or ${until}`,
			60_000,
		);
		onScreen(rows);
		if (until.test(rows.join('\n'))) return rows;
		const key = nextKey(footerOf(rows)) ?? '';
		const before = key === 'h' ? rows.join('\n') : signOf(rows);
		hasChanged = shown => (key === 'h' ? shown.join('\n') : signOf(shown)) !== before;
		terminal.press(key);
	}
};
