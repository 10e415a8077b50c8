import {createHash} from 'node:crypto';
import {Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {gzipSync} from 'node:zlib';
import {pack} from 'tar-stream';

/** Files, or links to one, as an archive. */
export const tar = (
	files: Array<[name: string, content: string | Buffer | {link: string}]>,
): Promise<Buffer> => {
	const archive = pack();
	for (const [name, content] of files) {
		if (typeof content === 'string' || Buffer.isBuffer(content)) {
			archive.entry({name, mtime: new Date()}, content);
		} else {
			archive.entry({name, type: 'symlink', linkname: content.link});
		}
	}
	archive.finalize();
	return buffer(archive as AsyncIterable<Buffer> as never);
};

export const digestOf = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Two layers, of which the lower one is there twice. */
const layers = async (): Promise<Buffer[]> => {
	const low = await tar([['etc/low', 'low']]);
	// The times of a layer's own files are part of it.
	const high = await tar([['etc/high', Buffer.alloc(100_000, 'high')]]);
	return [low, high, low];
};

export const configOf = (diffs: Buffer[], architecture = 'amd64', extra: object = {}): string =>
	JSON.stringify({
		architecture,
		os: 'linux',
		config: {Labels: {'multistage-workshop.stand-in': 'true'}},
		rootfs: {type: 'layers', diff_ids: diffs.map(diff => `sha256:${digestOf(diff)}`)},
		...extra,
	});

/** One image as each kind of engine saves it. */
export const sampleSaves = async (): Promise<Record<'engine 20' | 'engine 26' | 'containerd', Buffer>> => {
	const [low = Buffer.alloc(0), high = Buffer.alloc(0)] = await layers();
	const diffs = [low, high, low];
	const config = configOf(diffs);
	const name = digestOf(config);
	return {
		'engine 20': await tar([
			['aaa/layer.tar', low],
			['bbb/layer.tar', high],
			['ccc/layer.tar', {link: '../aaa/layer.tar'}],
			[`${name}.json`, config],
			[
				'manifest.json',
				JSON.stringify([
					{
						Config: `${name}.json`,
						RepoTags: ['a:1'],
						Layers: ['aaa/layer.tar', 'bbb/layer.tar', 'ccc/layer.tar'],
					},
				]),
			],
			['repositories', '{"a":{"1":"ccc"}}'],
		]),
		'engine 26': await tar([
			...[low, high].map((diff): [string, Buffer] => [`blobs/sha256/${digestOf(diff)}`, diff]),
			[`blobs/sha256/${name}`, config],
			[
				'manifest.json',
				JSON.stringify([
					{
						Config: `blobs/sha256/${name}`,
						RepoTags: ['a:1'],
						Layers: diffs.map(diff => `blobs/sha256/${digestOf(diff)}`),
					},
				]),
			],
			['oci-layout', '{"imageLayoutVersion": "1.0.0"}'],
		]),
		containerd: await savedByContainerd(diffs, config),
	};
};

/** Packed layers, an index of two platforms and an attestation, and nothing in Docker's own list. */
const savedByContainerd = async (diffs: Buffer[], config: string): Promise<Buffer> => {
	const blobs = new Map<string, Buffer>();
	const put = (bytes: string | Buffer): {digest: string} => {
		const digest = digestOf(bytes);
		blobs.set(`blobs/sha256/${digest}`, Buffer.from(bytes));
		return {digest: `sha256:${digest}`};
	};
	const manifestOf = (contents: string, packed: Buffer[]) =>
		put(JSON.stringify({config: put(contents), layers: packed.map(put)}));
	const other = configOf(diffs.slice(0, 1), 'arm64', {variant: 'v8'});
	const index = put(
		JSON.stringify({
			manifests: [
				manifestOf(
					other,
					diffs.slice(0, 1).map(diff => gzipSync(diff)),
				),
				manifestOf(
					config,
					diffs.map(diff => gzipSync(diff)),
				),
				manifestOf('{"attestation": true}', [Buffer.from('{"in-toto": true}')]),
			],
		}),
	);
	return tar([...blobs, ['index.json', JSON.stringify({manifests: [index]})], ['manifest.json', '[]']]);
};

/** In pieces, as it comes from an engine. */
export const inPieces = (bytes: Buffer, size = 1000): Readable =>
	Readable.from(
		Array.from({length: Math.ceil(bytes.length / size)}, (_, index) =>
			bytes.subarray(index * size, (index + 1) * size),
		),
	);
