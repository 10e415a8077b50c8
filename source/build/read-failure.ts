import type {BuildFailure, SaidLine} from './model.js';
import type {Entry, StageState} from './stage-state.js';

/** Exit code of the failing command in the builder's words, of BuildKit, the legacy builder and Buildah. */
const exitCodePattern =
	/(?:exit code: |returned a non-zero code: |while running runtime: exit status )(\d+)$/;

/** What went wrong. `line`: what the builder says about the Dockerfile, for when the instruction can't be placed. */
export const describeFailure = (
	message: string,
	{
		place,
		line,
		said,
	}: {place: {stage: StageState; entry: Entry} | null; line: number | null; said: SaidLine[]},
): BuildFailure => {
	const exitCode = exitCodePattern.exec(message)?.[1];
	const parseErrorLine = /parse error(?: on)? line (\d+)/.exec(message)?.[1];
	return {
		stage: place?.stage.planned.name ?? null,
		instruction: place?.entry.text ?? null,
		line: place?.entry.line ?? line ?? (parseErrorLine === undefined ? null : Number(parseErrorLine)),
		exitCode: exitCode === undefined ? null : Number(exitCode),
		message: message.split('\n')[0] ?? message,
		said,
	};
};

/**
 * Finds the line of the Dockerfile in what BuildKit prints around its excerpt (`Dockerfile:5`, then dashes), and behind a
 * warning that it takes for an error (`(line 5)`).
 */
export const createLineFinder = () => {
	let candidate: number | null = null;
	let found: number | null = null;
	let warned: number | null = null;
	return {
		read(text: string) {
			if (/^-{20}$/.test(text)) found ??= candidate;
			const line = /^[^\s:]+:(\d+)$/.exec(text)?.[1];
			candidate = line === undefined ? null : Number(line);
			const atWarning = Number(/\(line (\d+)\)$/.exec(text)?.[1] ?? Number.POSITIVE_INFINITY);
			if (atWarning < (warned ?? Number.POSITIVE_INFINITY)) warned = atWarning;
		},
		line: (message: string) => found ?? (message.includes('lint violation found') ? warned : null),
	};
};
