/** What the program itself does with the files of a lab folder. */
export type LabWork = {
	/** Gives a file one more line, which ends with the time; what it returns takes the line away again. */
	addLine(file: string, line: string): () => void;
	/** Puts the files of `solutions/<challenge>` or the like in; a changed file is kept as `<name>.mine`. */
	putOver(overlay: string): void;
	/** Two are equal when no file of it has changed in between. */
	fingerprint(): string;
};
