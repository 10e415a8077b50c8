import * as v from 'valibot';

/** The file in which a pack says what it holds. */
export const manifestFile = 'manifest.json';

/** The manifest's format that this program writes and reads. */
export const manifestFormat = 1;

/** The program of a pack, in one file. */
export const programFile = 'multistage-workshop.mjs';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const imageSchema = v.object({
	/** With its tag. */
	name: v.string(),
	/** `linux/amd64` */
	platform: v.string(),
	/** Below the pack's folder, `/` between parts. */
	file: v.string(),
	bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
	sha256,
	/** Digests of the unpacked layers, lowest first. */
	layers: v.array(v.string()),
	/** Made for tests, in the place of the real image. */
	standIn: v.boolean(),
});

export const manifestSchema = v.object({
	format: v.literal(manifestFormat),
	/** Version of the program that wrote it. */
	program: v.string(),
	/** The workshop it is for; the hash tells versions of it apart. */
	workshop: v.object({id: v.string(), hash: v.string()}),
	images: v.array(imageSchema),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;

/** One archive of a pack. */
export type PackedImage = v.InferOutput<typeof imageSchema>;

/** Whether an image of one platform is what was asked for: `linux/arm64/v8` is `linux/arm64`. */
export const isPlatform = (platform: string, wanted: string): boolean =>
	platform === wanted || platform.startsWith(`${wanted}/`);
