/** The line in which the learner types a command. Places in it are counted in characters, not in bytes. */
export type CommandLine = {
	text: string;
	/** How many characters stand before the cursor. */
	cursor: number;
	/** Which line of the history stands there, 1 for the newest; 0: the learner's own. */
	recalled: number;
	/** What the learner had typed before going back in the history. */
	draft: string;
	/** What is looked for in the history; null when nothing is. */
	search: string | null;
	/** What the tab key found when there was more than one thing. */
	offers: string[];
};

/** A line that begins with some text, with the cursor behind it. */
export const openLine = (text: string): CommandLine => ({
	text,
	cursor: [...text].length,
	recalled: 0,
	draft: text,
	search: null,
	offers: [],
});
