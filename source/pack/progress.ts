/** What a pack is at work on, for whoever shows it. */
export type PackProgress = {
	doing: 'pulling' | 'reading' | 'writing' | 'checking' | 'loading';
	/** An image or a file. */
	what: string;
	/** Bytes so far. */
	done: number;
	/** Bytes in all; null when that can't be known yet. */
	total: number | null;
};

export type OnProgress = (progress: PackProgress) => void;
