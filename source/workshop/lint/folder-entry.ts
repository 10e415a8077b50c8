/** One thing in a workshop's folder, as it was found: links are not followed. */
export type FolderEntry = {
	/** Below the folder, `/` between its parts. */
	path: string;
	kind: 'file' | 'folder' | 'link' | 'other';
	bytes: number;
	/** Of a file; null when it is no text, is larger than any text, or can't be read. */
	text: string | null;
	/** Why it can't be read; null when it can. */
	trouble: string | null;
	/** Where a link points; null for what is none. */
	target: string | null;
};
