import * as v from 'valibot';

const texts = v.record(v.string(), v.string());

const imagesSchema = v.object({
	/** All image IDs on the engine, intermediate images too. */
	ids: v.array(v.string()),
	/** Name → ID. */
	names: texts,
});
export type ImageSnapshot = v.InferOutput<typeof imagesSchema>;

const objectsSchema = v.object({
	/** Name → ID. */
	containers: texts,
	/** Name → when it was created, as the engine writes it: a volume has no ID. */
	volumes: texts,
	/** Name → ID. */
	networks: texts,
});
/** What an engine has besides images. */
export type EngineObjects = v.InferOutput<typeof objectsSchema>;

const creationPlanSchema = v.object({
	/** Names of images, `name:tag` each, that are ours once they are given. */
	names: v.array(v.string()),
	/** `built`: builds print IDs and names; `printed`: the IDs are printed; `loaded`: the names are, too. */
	images: v.array(v.picklist(['built', 'printed', 'loaded'])),
	/** Names of images that are pulled if they are missing, without the base images of the workshop. */
	pulled: v.array(v.string()),
	/** Names of containers that a typed line creates: it leaves their IDs in no file. */
	containers: v.array(v.string()),
	/** Whether a container's ID may be printed. */
	printsContainer: v.boolean(),
	volumes: v.array(v.string()),
	/** Whether the name of a volume is printed. */
	printsVolume: v.boolean(),
	networks: v.array(v.string()),
	/** Absolute paths in the lab folder. */
	files: v.array(v.string()),
	/** Typed by the learner: names are ours only where they were given to an image of ours. */
	isTyped: v.boolean(),
});
/** All that the docker commands of a line create, and how to find it once they have ended. */
export type CreationPlan = v.InferOutput<typeof creationPlanSchema>;

const objectSnapshotSchema = v.object({
	images: v.nullable(imagesSchema),
	things: v.nullable(objectsSchema),
	/** Absolute path → `print` of what was where the command writes. */
	files: texts,
});
/** What was there before a command, of the kinds that it can create; null for the others. */
export type ObjectSnapshot = v.InferOutput<typeof objectSnapshotSchema>;

const ownerSchema = v.object({
	id: v.string(),
	/** What names it after `--workshop`: an ID, or a folder as one word of a shell. */
	argument: v.string(),
});
/** A workshop that created something. */
export type Owner = v.InferOutput<typeof ownerSchema>;

const common = {
	/** The daemon's ID. */
	engine: v.string(),
	id: v.string(),
	/** Whose run it was; ledgers of earlier versions don't say. */
	workshop: v.optional(ownerSchema),
};

export const ledgerEntrySchema = v.variant('kind', [
	/** An image that was not there before our run. */
	v.object({kind: v.literal('image'), ...common}),
	v.object({kind: v.literal('container'), stepId: v.nullable(v.string()), ...common}),
	/** A name we gave, and the image ID that it named before (null: it is new). */
	v.object({kind: v.literal('name'), name: v.string(), before: v.nullable(v.string()), ...common}),
	/** A volume by its name. */
	v.object({kind: v.literal('volume'), createdAt: v.string(), ...common}),
	v.object({kind: v.literal('network'), name: v.string(), ...common}),
	/** A file, a link or a folder that a command wrote in the lab folder. `id`: its absolute path. `print`: what it was. */
	v.object({kind: v.literal('file'), print: v.string(), ...common}),
	/** We have removed it, or given it back. */
	v.object({kind: v.literal('gone'), ...common}),
	/**
	 * A command that creates something is about to run. `id`: of the run. `build`: null for other commands. If the program
	 * dies meanwhile, the next one learns from the run's transcript, and from what is new, what it created.
	 */
	v.object({
		kind: v.literal('intent'),
		stepId: v.nullable(v.string()),
		build: v.nullable(
			v.object({
				tags: v.array(v.string()),
				format: v.picklist(['rawjson', 'plain', 'legacy', 'buildah']),
				before: imagesSchema,
			}),
		),
		/** Ledgers of earlier versions have none. */
		making: v.optional(v.object({makes: creationPlanSchema, before: objectSnapshotSchema})),
		...common,
	}),
	/** What the run with this ID created is in the ledger. */
	v.object({kind: v.literal('settled'), ...common}),
]);
/** One thing that a run created, or what became of it. */
export type LedgerEntry = v.InferOutput<typeof ledgerEntrySchema>;

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
