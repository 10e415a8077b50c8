/** The page of the board, as the build fills it in. */
export type BoardPage = {
	/** A module, which imports `./words.js`. */
	script: string;
	styles: string;
	/** The modules with what the page says, by language. */
	words: Partial<Record<string, string>>;
};

/** Empty where nothing was built. */
export const boardPage: BoardPage = {script: '', styles: '', words: {}};
