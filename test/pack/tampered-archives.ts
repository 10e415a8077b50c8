import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {buffer} from 'node:stream/consumers';
import {extract, type Header, pack} from 'tar-stream';
import {headerBlock} from '../../source/pack/archive.js';
import type {Manifest} from '../../source/pack/manifest.js';
import type {BrokenPack} from './broken-packs.js';
import {writeManifest} from './sample-pack.js';
import {digestOf} from './sample-saves.js';

type Entry = {header: Header; content: Buffer};

/** Writes other bytes as the first archive of a pack, and puts its size and hash in the manifest right. */
const replaceArchive = (folder: string, manifest: Manifest, bytes: Buffer): void => {
	const image = manifest.images[0] as Manifest['images'][number];
	writeFileSync(path.join(folder, image.file), bytes);
	Object.assign(image, {bytes: bytes.length, sha256: digestOf(bytes)});
	writeManifest(folder, manifest);
};

const archiveIn = (folder: string) => readFileSync(path.join(folder, 'images', 'a-1.tar'));

const readEntries = async (archive: Buffer): Promise<Entry[]> => {
	const reader = extract();
	reader.end(archive);
	const entries: Entry[] = [];
	for await (const entry of reader) {
		const {name, size, mode, uid, gid, mtime} = entry.header as Header;
		const header = {name, size, mode, uid, gid, mtime, uname: '', gname: ''} as Header;
		entries.push({header, content: await buffer(entry as AsyncIterable<Buffer>)});
	}
	return entries;
};

const writeEntries = async (entries: Entry[]): Promise<Buffer> => {
	const archive = pack();
	for (const {header, content} of entries) archive.entry(header, content);
	archive.finalize();
	return buffer(archive as AsyncIterable<Buffer> as never);
};

const entry = (name: string, content: string, more: Partial<Header> = {}): Entry => ({
	header: {name, size: content.length, mode: 0o644, uid: 0, gid: 0, mtime: new Date(0), ...more} as Header,
	content: Buffer.from(content),
});

const listing = (names: string[], config: string, layers: string[]): string =>
	JSON.stringify([{Config: config, RepoTags: names, Layers: layers}]);

const tampered = (what: string, alter: (entries: Entry[]) => Entry[], says: RegExp): BrokenPack => ({
	what,
	async break(folder, manifest) {
		const entries = alter(await readEntries(archiveIn(folder)));
		replaceArchive(folder, manifest, await writeEntries(entries));
	},
	says,
});

/** With other bytes, found by their place. */
const patched = (
	what: string,
	alter: (archive: Buffer) => Buffer | Promise<Buffer>,
	says: RegExp,
): BrokenPack => ({
	what,
	async break(folder, manifest) {
		replaceArchive(folder, manifest, await alter(archiveIn(folder)));
	},
	says,
});

/** The listing in other words. */
const relisted = (what: string, alter: (text: string) => string, says: RegExp): BrokenPack =>
	tampered(
		what,
		([first, ...rest]) => [entry('manifest.json', alter(String(first?.content))), ...rest],
		says,
	);

const unlike = /is not written the way this program writes archives/;
const victims = ['a:1', 'victim:latest'];

/** What else than its one image an archive of a pack can hold, with its own right hash. */
export const tamperedArchives: BrokenPack[] = [
	tampered(
		'a second manifest.json behind everything',
		entries => {
			const [config = '', ...layers] = entries.slice(1).map(({header}) => header.name);
			return [...entries, entry('manifest.json', listing(victims, config, layers))];
		},
		/a-1\.tar of the pack has a second manifest\.json/,
	),
	tampered(
		'a second manifest.json that is spelt ./manifest.json',
		entries => [...entries, entry('./manifest.json', '[]')],
		/also holds \.\/manifest\.json/,
	),
	relisted(
		'a second name',
		text => text.replace('["a:1"]', JSON.stringify(victims)),
		/would also load its image as victim:latest/,
	),
	relisted(
		'a second name under a key that only Go takes for the same',
		text => text.replace('"RepoTags":["a:1"]', '"RepoTags":["a:1"],"repotags":["victim:latest"]'),
		unlike,
	),
	relisted(
		'a name twice in one listing',
		text => text.replace('"RepoTags":["a:1"]', '"RepoTags":["victim:latest"],"RepoTags":["a:1"]'),
		unlike,
	),
	relisted('layers from elsewhere', text => text.replace(/"([0-9a-f]{64}\.tar)"/, '"/etc/shadow"'), unlike),
	...['repositories', 'index.json', 'oci-layout', 'blobs/sha256/x', '../outside', '/etc/cron.d/job'].map(
		name =>
			tampered(
				`a file ${name}`,
				entries => [...entries, entry(name, '{}')],
				new RegExp(`also holds ${name.replaceAll('.', '\\.')}`),
			),
	),
	tampered(
		'a file index.json at the beginning',
		entries => [entry('index.json', '{}'), ...entries],
		/is not an archive of an image/,
	),
	tampered(
		'a hard link',
		entries => [...entries, entry('link', '', {type: 'link', linkname: '/etc/passwd'})],
		/also holds link/,
	),
	tampered(
		'a link in the place of a layer',
		entries => [
			...entries.slice(0, 2),
			entry(entries[2]?.header.name ?? '', '', {type: 'symlink', linkname: '/etc/passwd'}),
		],
		unlike,
	),
	tampered(
		'a folder',
		entries => [...entries, entry('folder', '', {type: 'directory'})],
		/also holds folder/,
	),
	tampered('a layer twice', entries => [...entries, ...entries.slice(2)], /has [0-9a-f]+\.tar twice/),
	tampered('no layer', entries => entries.slice(0, 2), /lacks a layer of its image/),
	tampered(
		'a pax header',
		entries =>
			entries.map(({header, content}, index) => ({
				header: index === 2 ? {...header, pax: {path: header.name}} : header,
				content,
			})),
		unlike,
	),
	tampered(
		'another owner',
		entries => entries.map(({header, content}) => ({header: {...header, uid: 1000}, content})),
		unlike,
	),
	patched(
		'a long name of GNU before a file',
		async archive => {
			// The name that follows holds for the next file, whatever that calls itself.
			const long = await headerBlock('././@LongLink', 512);
			long.write('L', 156);
			long.fill(' ', 148, 156);
			const sum = long.reduce((all, byte) => all + byte, 0);
			long.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
			const name = Buffer.alloc(512);
			name.write('manifest.json');
			return Buffer.concat([long, name, archive]);
		},
		unlike,
	),
	patched(
		'a whole archive behind its end',
		archive => Buffer.concat([archive, archive]),
		/has a second manifest\.json/,
	),
	patched('empty blocks before it', archive => Buffer.concat([Buffer.alloc(1024), archive]), unlike),
	patched('empty blocks behind it', archive => Buffer.concat([archive, Buffer.alloc(1024)]), unlike),
	patched('something else than tar', () => Buffer.from('No tar at all.'), /is not an archive of an image/),
	patched('nothing', () => Buffer.alloc(0), /is not an archive of an image/),
].map(one => ({...one, what: `an archive with ${one.what}`}));
