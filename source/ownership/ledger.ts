/** All image IDs on the engine, intermediate ones too, and which name stands for which ID. */

import type {BuildFormat} from '../stages/model.js';

export type ImageSnapshot = {ids: string[]; names: Record<string, string>};

/** What an engine has besides images, each by name. */
export type EngineObjects = {
	/** IDs. */
	containers: Record<string, string>;
	/** When each was made, as the engine writes it: a volume has no ID. */
	volumes: Record<string, string>;
	/** IDs. */
	networks: Record<string, string>;
};

/** All that the docker commands of a line make, and how it is found once they have ended. */
export type CreationPlan = {
	/** Names of images, `name:tag` each, that are ours once they are given. */
	names: string[];
	/** `built`: IDs and names are in what builds print; `printed`: the IDs are printed; `loaded`: the names are, too. */
	images: Array<'built' | 'printed' | 'loaded'>;
	/** Names of images that come from a registry when they are not here; base images of the workshop are left out. */
	pulled: string[];
	/** Names of containers that a typed line makes: it leaves their IDs in no file. */
	containers: string[];
	/** Whether a container's ID may be printed. */
	printsContainer: boolean;
	volumes: string[];
	/** Whether the name of a volume is printed. */
	printsVolume: boolean;
	networks: string[];
	/** Absolute paths in the lab folder. */
	files: string[];
	/** Typed by the learner: names are ours only where they were given to an image of ours. */
	isTyped: boolean;
};

/** What was there before a command, as far as it could make it; null for what it does not make. */
export type ObjectSnapshot = {
	images: ImageSnapshot | null;
	things: EngineObjects | null;
	/** Absolute path and `print` of what stood where it writes. */
	files: Record<string, string>;
};

/** What our runs made on one engine, one entry a line. `engine`: the daemon's ID. */
/** A workshop that made something. `argument`: what names it behind `--workshop`, an ID or a folder as one word of a shell. */
export type Owner = {id: string; argument: string};

/** One thing that a run made, or what became of it. `workshop`: whose run; ledgers of earlier versions don't say. */
export type LedgerEntry = {
	workshop?: Owner | undefined;
} /** An image that was not there before our run. */ & (
	| {kind: 'image'; engine: string; id: string}
	| {kind: 'container'; engine: string; id: string; stepId: string | null}
	/** A name we gave, and the image ID that it named before (null: it is new). */
	| {kind: 'name'; engine: string; name: string; id: string; before: string | null}
	/** A volume by its name. */
	| {kind: 'volume'; engine: string; id: string; createdAt: string}
	| {kind: 'network'; engine: string; id: string; name: string}
	/** A file, a link or a folder that a command wrote in the lab folder. `id`: its absolute path. `print`: what it was. */
	| {kind: 'file'; engine: string; id: string; print: string}
	/** It has been removed, or given back, by us. */
	| {kind: 'gone'; engine: string; id: string}
	/**
	 * A command is about to run that makes something. `id`: of the run. `build`: null for other commands. When the program
	 * dies in the middle, the next one learns from the run's transcript and from what is new what it made.
	 */
	| {
			kind: 'intent';
			engine: string;
			id: string;
			stepId: string | null;
			build: {tags: string[]; format: BuildFormat; before: ImageSnapshot} | null;
			/** Ledgers of earlier versions have none. */
			making?: {makes: CreationPlan; before: ObjectSnapshot} | undefined;
	  }
	/** What the run with this ID made is in the ledger. */
	| {kind: 'settled'; engine: string; id: string}
);

export type Ledger = {
	/** Whose ledger it is: what is appended is this workshop's unless it says otherwise. Null: of any. */
	owner: Owner | null;
	/** All entries of all processes for this engine, oldest first. */
	entries(engineId: string): LedgerEntry[];
	append(entry: LedgerEntry): void;
};

/** Something clean-up removes or leaves. `id` of a file is its path. */
export type CleanupItem = {
	kind: 'container' | 'network' | 'volume' | 'name' | 'image' | 'file' | 'transcripts';
	id: string;
	name: string;
};

/** What clean-up leaves, and why. `workshop`: another workshop made it. */
export type KeptItem = CleanupItem & {reason: string; workshop?: Owner};

/** What clean-up would do, for the learner to read before it does. */
export type CleanupPreview = {
	remove: CleanupItem[];
	/** Names that go back to the image that had them before. */
	giveBack: Array<{name: string; id: string}>;
	keep: KeptItem[];
	/** Bytes of the engine's build cache; null when unknown. Clean-up leaves it. */
	buildCacheBytes: number | null;
};

export type CleanupResult = {removed: CleanupItem[]; kept: KeptItem[]};
