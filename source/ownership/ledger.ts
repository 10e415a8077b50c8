import * as v from 'valibot';

const texts = v.record(v.string(), v.string());

const imagesSchema = v.object({
	/** All image IDs on the engine, including intermediate images. */
	ids: v.array(v.string()),
	/** Name → ID. */
	names: texts,
});
export type ImageSnapshot = v.InferOutput<typeof imagesSchema>;

const objectsSchema = v.object({
	/** Name → ID. */
	containers: texts,
	/** Name → creation time as the engine writes it, because a volume has no ID. */
	volumes: texts,
	/** Name → ID. */
	networks: texts,
});
/** An engine's objects besides images. */
export type EngineObjects = v.InferOutput<typeof objectsSchema>;

const creationPlanSchema = v.object({
	/** Image names (`name:tag`) that are ours once an image gets them. */
	names: v.array(v.string()),
	/** `built`: builds print IDs and names; `printed`: IDs are printed; `loaded`: IDs or names are printed. */
	images: v.array(v.picklist(['built', 'printed', 'loaded'])),
	/** Names of images that are pulled if missing, without the workshop's base images. */
	pulled: v.array(v.string()),
	/** Names of containers that a typed line creates: it writes no cid file. */
	containers: v.array(v.string()),
	/** Whether a container's ID may be printed. */
	printsContainer: v.boolean(),
	volumes: v.array(v.string()),
	/** Whether the name of a volume is printed. */
	printsVolume: v.boolean(),
	networks: v.array(v.string()),
	/** Absolute paths in the lab folder. */
	files: v.array(v.string()),
	/** Whether the learner typed it: a name is then ours only if it names an image of ours. */
	isTyped: v.boolean(),
});
/** Everything that the docker commands of a line create, and how to find it once they have ended. */
export type CreationPlan = v.InferOutput<typeof creationPlanSchema>;

const objectSnapshotSchema = v.object({
	images: v.nullable(imagesSchema),
	things: v.nullable(objectsSchema),
	/** Absolute path → `print` of what existed where the command writes. */
	files: texts,
});
/** What existed before a command, for each kind that it can create; null for other kinds. */
export type ObjectSnapshot = v.InferOutput<typeof objectSnapshotSchema>;

const ownerSchema = v.object({
	id: v.string(),
	/** The argument for `--workshop`: an ID, or a folder as one shell word. */
	argument: v.string(),
});
/** A workshop that created something. */
export type Owner = v.InferOutput<typeof ownerSchema>;

/** What makes things on the engine that no workshop asks for: `review`, and `explain --measure`. */
export type TrialKind = 'review' | 'explain';

/** The owner of what trials make, which each workshop's clean-up removes. No workshop can have such an ID. */
export const trialOwner = (kind: TrialKind): Owner => ({id: `(${kind})`, argument: ''});

/** Whether trials have made something, not a workshop. */
export const isTrialOwner = ({id}: Owner): boolean => id.startsWith('(');

const common = {
	/** The daemon's ID. */
	engine: v.string(),
	id: v.string(),
	/** The workshop of the run; missing in ledgers of earlier versions. */
	workshop: v.optional(ownerSchema),
};

export const ledgerEntrySchema = v.variant('kind', [
	/** An image that was not there before our run. */
	v.object({kind: v.literal('image'), ...common}),
	v.object({kind: v.literal('container'), stepId: v.nullable(v.string()), ...common}),
	/** A name that we assigned. `before`: the ID of the image that had it; null if none had. */
	v.object({kind: v.literal('name'), name: v.string(), before: v.nullable(v.string()), ...common}),
	/** A volume. `id`: its name. */
	v.object({kind: v.literal('volume'), createdAt: v.string(), ...common}),
	v.object({kind: v.literal('network'), name: v.string(), ...common}),
	/**
	 * A file, link or folder that a command wrote in the lab folder. `id`: its absolute path. `print`: its fingerprint.
	 */
	v.object({kind: v.literal('file'), print: v.string(), ...common}),
	/** We have removed the object, or given the name back. */
	v.object({kind: v.literal('gone'), ...common}),
	/**
	 * A command that creates something is about to run. `id`: of the run. `build`: null for other commands. If the
	 * program dies meanwhile, its next start finds out what was created, from the run's transcript and from what is new.
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
		/** Missing in ledgers of earlier versions. */
		making: v.optional(v.object({makes: creationPlanSchema, before: objectSnapshotSchema})),
		...common,
	}),
	/** Everything that the run with this ID created is in the ledger. */
	v.object({kind: v.literal('settled'), ...common}),
]);
/** A created object, its removal, or the state of a run. */
export type LedgerEntry = v.InferOutput<typeof ledgerEntrySchema>;

export type Ledger = {
	/** The workshop of new entries that name no other; null for any. */
	owner: Owner | null;
	/** All entries of all processes for this engine, oldest first. */
	entries(engineId: string): LedgerEntry[];
	append(entry: LedgerEntry): void;
};

/** An item that clean-up removes or keeps. `id` of a file is its path. */
export type CleanupItem = {
	kind: 'container' | 'network' | 'volume' | 'name' | 'image' | 'file' | 'transcripts';
	id: string;
	name: string;
};

/** An item that clean-up keeps, and why. `workshop`: the other one that made it. */
export type KeptItem = CleanupItem & {reason: string; workshop?: Owner};

/** What clean-up would do, for the learner to read beforehand. */
export type CleanupPreview = {
	remove: CleanupItem[];
	/** Names that clean-up gives back to the image that had them before. */
	giveBack: Array<{name: string; id: string}>;
	keep: KeptItem[];
	/** Bytes of the engine's build cache, which clean-up keeps; null if unknown. */
	buildCacheBytes: number | null;
};

export type CleanupResult = {removed: CleanupItem[]; kept: KeptItem[]};
