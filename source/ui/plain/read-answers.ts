import {createInterface} from 'node:readline';

/** Lines that somebody types or a script hands over, kept until they are asked for. */
export type Answers = {
	/** The next line without taking it; null when there is none yet. */
	peek(): string | null;
	take(): string | null;
	/** No more will come. */
	hasEnded(): boolean;
	/** Whether there has ever been one. */
	isEmpty(): boolean;
	close(): void;
};

/** Reads lines; calls back whenever there is one more, and when there will be none any more. */
export const readAnswers = (input: NodeJS.ReadableStream, onChange: () => void): Answers => {
	const waiting: string[] = [];
	let hasEnded = false;
	let isEmpty = true;
	const reader = createInterface({input, terminal: false});
	reader.on('line', line => {
		isEmpty = false;
		waiting.push(line);
		onChange();
	});
	const end = () => {
		if (hasEnded) return;
		hasEnded = true;
		onChange();
	};
	reader.on('close', end);
	// A terminal that has gone can't be read: it is the end of what is said.
	input.on('error', end);
	return {
		peek: () => waiting[0] ?? null,
		take: () => waiting.shift() ?? null,
		hasEnded: () => hasEnded,
		isEmpty: () => isEmpty,
		close: () => reader.close(),
	};
};
