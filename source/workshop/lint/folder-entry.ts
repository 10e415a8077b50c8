/** One thing in a workshop's folder, as it was found: links are not followed. */
export type FolderEntry = {
	/** Below the folder, `/` between its parts. */
	path: string;
	kind: 'file' | 'folder' | 'link' | 'other';
	/** Of a file; null when it is no text, or can't be read. */
	text: string | null;
	/** Why a file or folder can't be read; null when it can. */
	trouble: string | null;
	/** Where a link points; null for what is none. */
	target: string | null;
};
