import path from 'node:path';
import * as v from 'valibot';
import {messages} from '../messages/index.js';
import {readPlainFile} from '../storage/files.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';

/** The file that lists what a pack contains. */
export const manifestFile = 'manifest.json';

/** The manifest's format that this program writes and reads. */
export const manifestFormat = 1;

/** The program of a pack, in one file. */
export const programFile = 'multistage-workshop.mjs';

/** The page that explains how to start. */
export const startPage = 'START-HERE.md';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** Text that is shown in messages. */
const word = v.pipe(v.string(), v.maxLength(1000));

const fileSchema = v.object({
	/** Relative to the pack's folder, with `/`. */
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
	/** Whether it is made for tests, in place of the real image. */
	standIn: v.boolean(),
});

const workshopSchema = v.object({id: word, hash: word});

export const manifestSchema = v.object({
	format: v.literal(manifestFormat),
	/** The version of the program that wrote it. */
	program: word,
	/** The workshop that it is for, or the first of them; the hash identifies its version. */
	workshop: workshopSchema,
	/** All of them. Missing in packs of earlier versions, which are for one. */
	workshops: v.optional(v.pipe(v.array(workshopSchema), v.minLength(1))),
	images: v.array(imageSchema),
	/** All other files: program, tarball, start page and workshops. Missing in packs of version 0.1.0. */
	files: v.optional(v.array(fileSchema)),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;

/** One file of a pack. */
export type PackedFile = v.InferOutput<typeof fileSchema>;

/** One archive of a pack. */
export type PackedImage = v.InferOutput<typeof imageSchema>;

/** The workshops that a pack is for. */
export const packedWorkshops = ({workshop, workshops}: Manifest): Array<Manifest['workshop']> =>
	workshops ?? [workshop];

/** Whether a platform satisfies the wanted one: `linux/arm64/v8` is `linux/arm64`. */
export const isPlatform = (platform: string, wanted: string): boolean =>
	platform === wanted || platform.startsWith(`${wanted}/`);

/** Bytes; a pack of a thousand files needs a tenth of this. */
export const maxManifestBytes = 4 * 1024 * 1024;

/** Reads the manifest of a pack. Throws a `UserError` if the folder is not a pack, or one of another format. */
export const readManifest = (folder: string): Manifest => {
	try {
		return parseManifest(readPlainFile(path.join(folder, manifestFile), maxManifestBytes), folder);
	} catch (error) {
		if (error instanceof UserError) throw error;
		if ((error as {code?: unknown}).code === 'ENOENT')
			throw new UserError(messages.pack.noPack(folder, manifestFile));
		throw damagedPackError(
			messages.pack.damaged.unreadableManifest(folder, manifestFile, describeError(error)),
			error,
		);
	}
};

/** Parses a manifest. `place`: the folder or the address of the pack. Throws a `UserError`. */
export const parseManifest = (bytes: Buffer, place: string): Manifest => {
	const damaged = (why: string) => damagedPackError(messages.pack.damaged.manifest(place, manifestFile, why));
	let document: unknown;
	try {
		document = JSON.parse(bytes.toString('utf8'));
	} catch (error) {
		throw damaged(describeError(error));
	}
	const format = (document as {format?: unknown} | null)?.format;
	if (typeof format === 'number' && format !== manifestFormat)
		throw new UserError(messages.pack.otherFormat(place, format, manifestFormat));
	const {success, output, issues} = v.safeParse(manifestSchema, document);
	if (success) return output;
	const [{path: keys = [], message} = {path: [], message: ''}] = issues;
	const where = (keys as Array<{key: unknown}>).map(({key}) => String(key)).join('.');
	throw damaged(messages.pack.damaged.manifestValue(where, message));
};

/** The error for a pack that is damaged. */
export const damagedPackError = (message: string, cause?: unknown): UserError =>
	new UserError(message, {next: messages.pack.damaged.next, cause});

/** The error for a pack that was tampered with. */
export const forgedPackError = (message: string): UserError =>
	new UserError(message, {next: messages.pack.forged.next});
