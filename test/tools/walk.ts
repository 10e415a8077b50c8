import {keys, type TestTerminal} from './terminal.js';

/** The heading of the last page. */
export const lastPage = /Done: every step passed\.|The end of the workshop\./;

/** The footer: the last row that is not empty. */
const footerOf = (rows: string[]): string => rows.findLast(row => row !== '') ?? '';

/**
 * The next key of a learner who follows the footer, and looks at all help and the solution where an answer is asked for;
 * null while something runs.
 */
const nextKey = (footer: string): string | null => {
	if (/enter (?!have it judged|fill in)/.test(footer)) return keys.enter;
	if (footer.includes('s run the solution')) return 's';
	if (footer.includes('c cancel')) return null;
	if (/ h (hint|solution)/.test(footer)) return 'h';
	return null;
};

/**
 * The part of the screen that any key but `h` changes: the marked title of the step, or the footer. Other rows change
 * by themselves, and a repeated key would act twice.
 */
const signOf = (rows: string[]): string => `${rows[2]}\n${footerOf(rows)}`;

/**
 * Presses the keys that the footer offers until the screen contains `until`. `onScreen` receives each screen before the
 * next key.
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
