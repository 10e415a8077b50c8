/** The lines that were typed, kept between sessions. */
export type History = {
	/** Newest last. */
	load(): string[];
	/** Never throws: a line that can't be kept is gone with the session. */
	append(line: string): void;
};
