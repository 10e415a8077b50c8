import {execFileSync} from 'node:child_process';
import {
	appendFileSync,
	copyFileSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type {Manifest} from '../../source/pack/manifest.js';
import {writeManifest} from './sample-pack.js';

/** Something that can be wrong with a pack. */
export type BrokenPack = {
	what: string;
	/** Does it to a sound one. */
	break(folder: string, manifest: Manifest): void | Promise<void>;
	/** What a learner is told. */
	says: RegExp;
};

const first = ({images}: Manifest) => images[0] as Manifest['images'][number];
const archive = (folder: string) => path.join(folder, 'images', 'a-1.tar');

/** One bit of one byte. */
const flip = (file: string, at: (length: number) => number) => {
	const bytes = readFileSync(file);
	const place = at(bytes.length);
	bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
	writeFileSync(file, bytes);
};

/** Changes what the manifest says, and nothing else. */
const told = (alter: (manifest: Manifest) => void) => (folder: string, manifest: Manifest) => {
	alter(manifest);
	writeManifest(folder, manifest);
};

/** Moves a part of the pack out of its folder and leaves a link. */
const linkOut = (folder: string, ...parts: string[]) => {
	const outside = path.join(path.dirname(folder), parts.join('-'));
	renameSync(path.join(folder, ...parts), outside);
	symlinkSync(outside, path.join(folder, ...parts));
};

const archives: BrokenPack[] = [
	{
		what: 'one flipped byte in a layer',
		break: folder => flip(archive(folder), () => 6000),
		says: /a-1\.tar .* is damaged/,
	},
	{
		what: 'one flipped byte at the end',
		break: folder => flip(archive(folder), length => length - 1),
		says: /a-1\.tar .* is damaged/,
	},
	{
		what: 'one flipped byte at the beginning',
		break: folder => flip(archive(folder), () => 3),
		says: /a-1\.tar .* is damaged/,
	},
	{
		what: 'a missing archive',
		break: folder => rmSync(archive(folder)),
		says: /a-1\.tar of the pack is missing/,
	},
	{
		what: 'a folder in the place of an archive',
		break(folder) {
			rmSync(archive(folder));
			mkdirSync(archive(folder));
		},
		says: /In the pack, images\/a-1\.tar is a folder instead of a plain file/,
	},
	{
		what: 'a truncated archive',
		break: folder => truncateSync(archive(folder), 4000),
		says: /a-1\.tar of the pack is cut off: it has 4000 bytes/,
	},
	{
		what: 'an archive with something behind it',
		break: folder => appendFileSync(archive(folder), 'more'),
		says: /a-1\.tar of the pack is too long/,
	},
	{
		what: 'an archive of another image, with its own right hash',
		break(folder, manifest) {
			const [a, b] = manifest.images;
			if (!a || !b) return;
			copyFileSync(path.join(folder, b.file), archive(folder));
			Object.assign(a, {bytes: b.bytes, sha256: b.sha256});
			writeManifest(folder, manifest);
		},
		says: /a-1\.tar of the pack would also load its image as b:latest/,
	},
	{
		what: 'an archive with other layers than told',
		break: told(manifest => {
			first(manifest).layers = ['sha256:00'];
		}),
		says: /holds something other than a:1/,
	},
	{
		what: 'an archive of another platform than told',
		break: told(manifest => {
			first(manifest).platform = 'linux/arm64';
		}),
		says: /holds something other than a:1 for linux\/arm64/,
	},
];

const outside = ['../a-1.tar', 'images/../../a-1.tar', '/etc/passwd', 'C:\\images\\a.tar', '..\\a.tar'];

const paths: BrokenPack[] = [
	...outside.map(file => ({
		what: `the path ${file}`,
		break: told(manifest => {
			first(manifest).file = file;
		}),
		says: /names a file outside of its own folder/,
	})),
	{
		what: 'a link that leaves the folder',
		break: folder => linkOut(folder, 'images', 'a-1.tar'),
		says: /In the pack, images\/a-1\.tar is a link instead of a plain file/,
	},
	{
		what: 'a folder that is a link and leaves the folder',
		break: folder => linkOut(folder, 'images'),
		says: /In the pack, images is a link instead of a folder/,
	},
];

const manifests: BrokenPack[] = [
	{
		what: 'an unknown format number',
		break: told(manifest => Object.assign(manifest, {format: 2})),
		says: /has the format 2, and this program reads format 1/,
	},
	{
		what: 'a manifest that is cut off',
		break: folder => truncateSync(path.join(folder, 'manifest.json'), 100),
		says: /manifest\.json of the pack .* is damaged/,
	},
	{
		what: 'a manifest that lacks something',
		break: told(manifest => Object.assign(first(manifest), {sha256: undefined})),
		says: /manifest\.json .* is damaged \(images\.0\.sha256: /,
	},
	{
		what: 'a manifest of something else',
		break: folder => writeManifest(folder, []),
		says: /manifest\.json .* is damaged/,
	},
	{
		what: 'a folder that is no pack',
		break: folder => rmSync(path.join(folder, 'manifest.json')),
		says: /There is no pack in .*: it has no manifest\.json/,
	},
	{
		what: 'a pack of another workshop',
		break: told(manifest => {
			manifest.workshop.id = 'other';
		}),
		says: /is for the workshop other, not for sample/,
	},
	{
		what: 'a pack without an image that the workshop needs',
		break: told(manifest => {
			manifest.images.pop();
		}),
		says: /has no image b:latest/,
	},
];

/** A plain file in whose place something is that `open` would wait for, follow or change. */
const inPlaceOf = (file: string): BrokenPack[] => [
	{
		what: `a FIFO in the place of ${file}`,
		break(folder) {
			rmSync(path.join(folder, file));
			execFileSync('mkfifo', [path.join(folder, file)]);
		},
		says: /is a FIFO(?: instead of|, not) a plain file/,
	},
	{
		what: `a link to a device in the place of ${file}`,
		break(folder) {
			rmSync(path.join(folder, file));
			symlinkSync('/dev/zero', path.join(folder, file));
		},
		says: /is a link(?: instead of|, not) a plain file/,
	},
	{
		what: `a link to the same bytes in the place of ${file}`,
		break: folder => linkOut(folder, ...file.split('/')),
		says: /is a link(?: instead of|, not) a plain file/,
	},
];

const parts = [
	'START-HERE.md',
	'multistage-workshop-0.2.0.tgz',
	'multistage-workshop.mjs',
	'workshops/sample/workshop.md',
];

const files: BrokenPack[] = [
	...['manifest.json', 'images/a-1.tar', ...parts].flatMap(inPlaceOf),
	...parts.flatMap((file): BrokenPack[] => [
		{
			what: `one flipped bit of ${file}`,
			break: folder => flip(path.join(folder, file), () => 3),
			says: new RegExp(`The file ${file} of the pack is damaged`),
		},
		{
			what: `no ${file}`,
			break: folder => rmSync(path.join(folder, file)),
			says: new RegExp(`The file ${file} of the pack is missing`),
		},
		{
			what: `a ${file} of which the manifest says nothing`,
			break: told(manifest => {
				manifest.files = manifest.files?.filter(one => one.file !== file);
			}),
			says: new RegExp(`The pack holds ${file}, which its manifest\\.json does not name`),
		},
	]),
	{
		what: 'a link in the place of the workshops',
		break: folder => linkOut(folder, 'workshops'),
		says: /In the pack, workshops is a link instead of a folder/,
	},
	...['workshops/sample/more.md', 'workshops/stranger/workshop.md', 'other.tgz'].map(
		(file): BrokenPack => ({
			what: `one more file, ${file},`,
			break(folder) {
				mkdirSync(path.dirname(path.join(folder, file)), {recursive: true});
				writeFileSync(path.join(folder, file), 'More.');
			},
			says: new RegExp(`The pack holds ${file}, which its manifest\\.json does not name`),
		}),
	),
	{
		what: 'one more FIFO',
		break: folder => void execFileSync('mkfifo', [path.join(folder, 'workshops/sample/fifo')]),
		says: /The pack holds workshops\/sample\/fifo, which/,
	},
	{
		what: 'a manifest of 3 GB',
		break: folder => truncateSync(path.join(folder, 'manifest.json'), 3 * 1024 ** 3),
		says: /The manifest\.json of the pack in .* can’t be read: it has 3\.22 GB, and at most 4\.19 MB are read/,
	},
	{
		what: 'an image that is named twice',
		break: told(manifest => void manifest.images.push({...first(manifest), file: 'images/b-latest.tar'})),
		says: /names the image a:1 for linux\/amd64 twice/,
	},
	{
		what: 'a file that is named twice',
		break: told(manifest => {
			const [file] = manifest.files ?? [];
			if (file) manifest.files?.push({...file, sha256: '0'.repeat(64)});
		}),
		says: /names the file START-HERE\.md twice/,
	},
];

/** All that a pack of version 0.1.0 can suffer, which says nothing of its other files. */
export const brokenOldPacks: BrokenPack[] = [
	{
		what: 'a changed file of the workshop',
		break: folder => appendFileSync(path.join(folder, 'workshops/sample/workshop.md'), '!'),
		says: /files in the pack were changed after it was written/,
	},
	{
		what: 'a missing workshop',
		break: folder => rmSync(path.join(folder, 'workshops'), {recursive: true}),
		says: /files in the pack can’t be read/,
	},
];

/** All that a pack can suffer, each with its own sentence. */
export const brokenPacks: BrokenPack[] = [...archives, ...paths, ...manifests, ...files];
