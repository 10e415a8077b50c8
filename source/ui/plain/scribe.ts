import type {Line} from '../text/line.js';
import type {PlainPage} from './plain-page.js';

/** Writes lines, and a prompt where an answer is expected. */
export type Scribe = {
	print(lines: Line[]): void;
	/** Once until something else is written. */
	prompt(): void;
	/** The answer that was taken. `isAhead`: it was there before the prompt, so it was shown elsewhere if at all. */
	echo(typed: string, isAhead: boolean): void;
};

const prompt = '> ';

/** `isEchoed`: a terminal shows what is typed at the prompt; everywhere else the answer is repeated. */
export const createScribe = (
	stdout: NodeJS.WritableStream,
	page: PlainPage,
	{isEchoed}: {isEchoed: boolean},
): Scribe => {
	let isPrompted = false;
	return {
		print(lines) {
			if (lines.length === 0) return;
			const text = page.text(lines).map(line => `${line}\n`);
			stdout.write(`${isPrompted ? '\n' : ''}${text.join('')}`);
			isPrompted = false;
		},
		prompt() {
			if (!isPrompted) stdout.write(prompt);
			isPrompted = true;
		},
		echo(typed, isAhead) {
			if (isAhead || !isEchoed) stdout.write(`${typed}\n`);
			isPrompted = false;
		},
	};
};
