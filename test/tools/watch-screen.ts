import type {TerminalEmulator} from './emulate-terminal.js';

export type ScreenWatch = {
	/** Call after each change of the screen. */
	look(): void;
	/** Call after the last change. `why` begins the message of waits that fail. */
	end(why: string): void;
	/**
	 * Resolves with the rows as soon as `holds` accepts them. Rejects after `timeout` ms (default: a minute) or at the
	 * end, with `wanted` and all rows in its message.
	 */
	waitUntil(holds: (rows: string[]) => boolean, wanted: string, timeout?: number): Promise<string[]>;
};

/**
 * Lets tests wait for the content of a screen, checked after each change. Skips incomplete frames, for which `isWhole`
 * is false.
 */
export const watchScreen = ({screen, isWhole}: Pick<TerminalEmulator, 'screen' | 'isWhole'>): ScreenWatch => {
	const looks = new Set<() => void>();
	let ended: string | null = null;
	const look = () => {
		for (const lookOnce of looks) lookOnce();
	};
	return {
		look,
		end(why) {
			ended = why;
			look();
		},
		waitUntil: async (holds, wanted, timeout = 60_000) =>
			new Promise((resolve, reject) => {
				const settle = (act: () => void) => {
					clearTimeout(timer);
					looks.delete(lookOnce);
					act();
				};
				const fail = (why: string) => {
					const seen = screen().join('\n').trimEnd();
					settle(() => reject(new Error(`${why} before the screen showed ${wanted}. It shows:\n${seen}`)));
				};
				const lookOnce = () => {
					const rows = screen();
					if ((ended !== null || isWhole()) && holds(rows)) settle(() => resolve(rows));
					else if (ended) fail(ended);
				};
				const timer = setTimeout(() => fail(`${timeout} ms passed`), timeout);
				looks.add(lookOnce);
				lookOnce();
			}),
	};
};
