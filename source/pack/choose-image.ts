import {readFile} from 'node:fs/promises';
import * as v from 'valibot';
import {isPlatform} from './manifest.js';
import type {SpooledFile} from './spool-save.js';

/** One image of a saved archive: what of it belongs into a pack. */
export type SavedImage = {config: SpooledFile; layers: SpooledFile[]} & ImageConfig;

/** What an image's own configuration says. */
export type ImageConfig = {
	/** `linux/arm/v7` */
	platform: string;
	/** `sha256:` and the digest of each unpacked layer, lowest first. */
	layerDigests: string[];
	/** By its label: made for tests, in the place of the real image. */
	standIn: boolean;
};

const configSchema = v.object({
	os: v.string(),
	architecture: v.string(),
	variant: v.optional(v.string()),
	config: v.nullish(v.object({Labels: v.nullish(v.record(v.string(), v.string()))})),
	rootfs: v.object({diff_ids: v.array(v.string())}),
});
const dockerSchema = v.array(v.object({Config: v.string(), Layers: v.nullable(v.array(v.string()))}));
const digested = v.object({digest: v.string()});
const indexSchema = v.object({manifests: v.array(digested)});
const manifestSchema = v.object({config: digested, layers: v.array(digested)});

/** Reads an image's configuration. Null when it is none: attestations have something else in its place. */
export const parseImageConfig = (text: string): ImageConfig | null => {
	const {success, output} = v.safeParse(configSchema, JSON.parse(text));
	if (!success) return null;
	const {os, architecture, variant, config, rootfs} = output;
	return {
		platform: [os, architecture, variant].filter(Boolean).join('/'),
		layerDigests: rootfs.diff_ids,
		standIn: config?.Labels?.['multistage-workshop.stand-in'] === 'true',
	};
};

/**
 * Finds the image of a platform in a saved archive, with all of its layers. Null when it is not in there: the
 * containerd store saves what it has of an image for several platforms. Rejects when the files are no such archive.
 */
export const chooseImage = async (
	files: ReadonlyMap<string, SpooledFile>,
	platform: string,
): Promise<SavedImage | null> => {
	const candidates = [...(await listedByDocker(files)), ...(await listedByIndex(files, 'index.json'))];
	for (const {config, layers} of candidates) {
		if (!config || layers.some(layer => layer === undefined)) continue;
		const said = parseImageConfig(await readFile(config.file, 'utf8'));
		if (!said) continue;
		const given = layers.filter(layer => layer !== undefined);
		const isWhole =
			said.layerDigests.length === given.length &&
			said.layerDigests.every((digest, index) => digest === `sha256:${given[index]?.sha256}`);
		if (isWhole && isPlatform(said.platform, platform)) return {config, layers: given, ...said};
	}
	return null;
};

type Candidate = {config: SpooledFile | undefined; layers: Array<SpooledFile | undefined>};
type Files = ReadonlyMap<string, SpooledFile>;

const listedByDocker = async (files: Files): Promise<Candidate[]> => {
	const listed = await readJson(files, 'manifest.json', dockerSchema);
	return (listed ?? []).map(({Config, Layers}) => ({
		config: files.get(Config),
		layers: (Layers ?? []).map(layer => files.get(layer)),
	}));
};

/** An index may list indexes, and what is no image at all, as attestations. */
const listedByIndex = async (files: Files, name: string): Promise<Candidate[]> => {
	const index = await readJson(files, name, indexSchema);
	const listed = (index?.manifests ?? []).map(async ({digest}): Promise<Candidate[]> => {
		const blob = blobOf(digest);
		const manifest = await readJson(files, blob, manifestSchema);
		if (!manifest) return listedByIndex(files, blob);
		const {config, layers} = manifest;
		return [
			{
				config: files.get(blobOf(config.digest)),
				layers: layers.map(layer => files.get(blobOf(layer.digest))),
			},
		];
	});
	return (await Promise.all(listed)).flat();
};

const blobOf = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

/** Null when there is no such file, or it holds something else. */
const readJson = async <Schema extends v.GenericSchema>(
	files: Files,
	name: string,
	schema: Schema,
): Promise<v.InferOutput<Schema> | null> => {
	const found = files.get(name);
	if (!found) return null;
	const parsed = v.safeParse(schema, JSON.parse(await readFile(found.file, 'utf8')));
	return parsed.success ? parsed.output : null;
};
