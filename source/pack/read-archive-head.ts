import {createReadStream} from 'node:fs';
import {text} from 'node:stream/consumers';
import {extract} from 'tar-stream';
import * as v from 'valibot';
import {type ImageConfig, parseImageConfig} from './choose-image.js';

const schema = v.tuple([v.object({Config: v.string(), RepoTags: v.array(v.string())})]);

/** What an archive says of itself in its first two files. */
export type ArchiveHead = {names: string[]} & ImageConfig;

/** Reads the beginning of an archive that `writeArchive` wrote. Null when it is another kind of file. */
export const readArchiveHead = async (file: string): Promise<ArchiveHead | null> => {
	const source = createReadStream(file);
	const entries = extract();
	source.on('error', error => entries.destroy(error));
	source.pipe(entries);
	try {
		let listed: v.InferOutput<typeof schema> | null = null;
		for await (const entry of entries) {
			if (listed === null && entry.header.name !== 'manifest.json') return null;
			const contents = await text(entry as AsyncIterable<Buffer> as never);
			if (listed) {
				if (entry.header.name !== listed[0].Config) return null;
				const config = parseImageConfig(contents);
				return config && {names: listed[0].RepoTags, ...config};
			}
			listed = v.parse(schema, JSON.parse(contents));
		}
		return null;
	} catch {
		return null;
	} finally {
		source.destroy();
	}
};
