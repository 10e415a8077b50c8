/** Whose lines: those of one stage of a run, or, with null, those of no stage; all of a command that is no build. */
export type LineLogName = {runId: string; stage: string | null};

/** What can be known of a log before it is read. */
export type LineLogSize = {
	/** Lines that can be read now. */
	lineCount: number;
	/** One sentence on why lines are missing at its end, or all of them; null when every line is there. */
	problem: string | null;
};

/** Takes the lines of one run, as fast as they come. */
export type LineLogWriter = {
	/** `line`: without its end, as it was printed. Never throws: what can't be kept is told by the log's `problem`. */
	append(stage: string | null, line: string): void;
	/** Takes output of no stage as it arrives, cut anywhere: in a flood nobody has the time to look at its lines. Never throws. */
	appendBytes(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
	/** No more lines will come. */
	end(): void;
};

/** Lines are counted from 0 and come cleaned, colours kept. */
export type LineLogReader = {
	size(log: LineLogName): LineLogSize;
	/** At most `count` lines; fewer where the log ends. */
	read(log: LineLogName, from: number, count: number): string[];
	/**
	 * The nearest line with a text, `from` itself included, towards the end (1) or the beginning (-1). Capitals matter
	 * only in a text that has some. Null when there is none, or when `signal` was aborted before one was found.
	 */
	search(
		log: LineLogName,
		wanted: {text: string; from: number; direction: 1 | -1},
		signal: AbortSignal,
	): Promise<number | null>;
	/**
	 * Writes all lines, without colours, to a new file in the first of these folders that takes it: `<name>.log`, or with
	 * a number when there is one. Rejects with a `UserError` when none does.
	 */
	copy(
		log: LineLogName,
		target: {folders: string[]; name: string},
	): Promise<{file: string; lineCount: number}>;
};

/** Every line that the runs of this session printed, in the order of their arrival. */
export type LineLogs = LineLogReader & {open(runId: string): LineLogWriter};
