import type {BuildFailure} from './model.js';
import type {Entry, StageState} from './stage-state.js';

/** Exit code of the failing command in the builder's words, of BuildKit and of the legacy builder. */
const exitCodePattern = /(?:exit code|returned a non-zero code): (\d+)$/;

/** What went wrong. `line`: what the builder says about the Dockerfile, for when the instruction can't be placed. */
export const describeFailure = (
	message: string,
	place: {stage: StageState; entry: Entry} | null,
	line: number | null,
): BuildFailure => {
	const exitCode = exitCodePattern.exec(message)?.[1];
	const parseErrorLine = /parse error(?: on)? line (\d+)/.exec(message)?.[1];
	return {
		stage: place?.stage.planned.name ?? null,
		instruction: place?.entry.text ?? null,
		line: place?.entry.line ?? line ?? (parseErrorLine === undefined ? null : Number(parseErrorLine)),
		exitCode: exitCode === undefined ? null : Number(exitCode),
		message: message.split('\n')[0] ?? message,
	};
};

/** Finds the line of the Dockerfile in what BuildKit prints around its excerpt: `Dockerfile:5`, then dashes. */
export const createLineFinder = () => {
	let candidate: number | null = null;
	let found: number | null = null;
	return {
		read(text: string) {
			if (/^-{20}$/.test(text)) found ??= candidate;
			const line = /^[^\s:]+:(\d+)$/.exec(text)?.[1];
			candidate = line === undefined ? null : Number(line);
		},
		line: () => found,
	};
};
