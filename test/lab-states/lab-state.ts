/** A state of a learner's engine that real commands bring about, and what the judge of the lab says to it. */
export type LabState = {
	title: string;
	/**
	 * What a learner types behind `docker`, in order; no word holds a space. Placeholders, each the same in the whole
	 * state: HOST and OTHER are free host ports, NAME and SECOND names of containers, NET that of a network.
	 */
	commands: string[];
	/** The finding in the end: a server that is still starting has its time. */
	finding: string;
	/** What the learner is told, with the placeholders filled. */
	says?: RegExp;
	/** The last command stays in the foreground of another terminal. */
	isAttached?: true;
	/** A program that is no container listens on HOST before. */
	isHostTaken?: true;
};

/** What takes the place of each placeholder. */
export type Placeholders = Record<'HOST' | 'OTHER' | 'NAME' | 'SECOND' | 'NET', string>;

/** A text of a state, placeholders filled. */
export const fillIn = (text: string, values: Placeholders): string =>
	text.replace(/\b(?:HOST|OTHER|NAME|SECOND|NET)\b/g, name => values[name as keyof Placeholders]);
