import * as v from 'valibot';

/** The file in which a pack says what it holds. */
export const manifestFile = 'manifest.json';

/** The manifest's format that this program writes and reads. */
export const manifestFormat = 1;

/** The program of a pack, in one file. */
export const programFile = 'multistage-workshop.mjs';

/** The page that tells how to start. */
export const startPage = 'START-HERE.md';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What stands in sentences for people. */
const word = v.pipe(v.string(), v.maxLength(1000));

const fileSchema = v.object({
	/** Below the pack's folder, `/` between parts. */
	file: word,
	bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
	sha256,
});

const imageSchema = v.object({
	/** With its tag. */
	name: word,
	/** `linux/amd64` */
	platform: word,
	...fileSchema.entries,
	/** Digests of the unpacked layers, lowest first. */
	layers: v.array(v.string()),
	/** Made for tests, in the place of the real image. */
	standIn: v.boolean(),
});

export const manifestSchema = v.object({
	format: v.literal(manifestFormat),
	/** Version of the program that wrote it. */
	program: word,
	/** The workshop it is for; the hash tells versions of it apart. */
	workshop: v.object({id: word, hash: word}),
	images: v.array(imageSchema),
	/** Every other file: program, tarball, page and workshops. Packs of version 0.1.0 don't list them. */
	files: v.optional(v.array(fileSchema)),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;

/** One file of a pack. */
export type PackedFile = v.InferOutput<typeof fileSchema>;

/** One archive of a pack. */
export type PackedImage = v.InferOutput<typeof imageSchema>;

/** Whether an image of one platform is what was asked for: `linux/arm64/v8` is `linux/arm64`. */
export const isPlatform = (platform: string, wanted: string): boolean =>
	platform === wanted || platform.startsWith(`${wanted}/`);
