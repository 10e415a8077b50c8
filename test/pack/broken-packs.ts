import {
	appendFileSync,
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
	break(folder: string, manifest: Manifest): void;
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
		says: /a-1\.tar of the pack is missing/,
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
		break: told(({images: [a, b]}) => {
			if (a && b) Object.assign(a, {file: b.file, bytes: b.bytes, sha256: b.sha256});
		}),
		says: /holds something else than a:1/,
	},
	{
		what: 'an archive with other layers than told',
		break: told(manifest => {
			first(manifest).layers = ['sha256:00'];
		}),
		says: /holds something else than a:1/,
	},
	{
		what: 'an archive of another platform than told',
		break: told(manifest => {
			first(manifest).platform = 'linux/arm64';
		}),
		says: /holds something else than a:1 for linux\/arm64/,
	},
];

const outside = ['../a-1.tar', 'images/../../a-1.tar', '/etc/passwd', 'C:\\images\\a.tar', '..\\a.tar'];

const paths: BrokenPack[] = [
	...outside.map(file => ({
		what: `the path ${file}`,
		break: told(manifest => {
			first(manifest).file = file;
		}),
		says: /names an archive outside of its own folder/,
	})),
	{
		what: 'a link that leaves the folder',
		break: folder => linkOut(folder, 'images', 'a-1.tar'),
		says: /outside of its own folder: images\/a-1\.tar/,
	},
	{
		what: 'a folder that is a link and leaves the folder',
		break: folder => linkOut(folder, 'images'),
		says: /outside of its own folder/,
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
	{
		what: 'a changed file of the workshop',
		break: folder => appendFileSync(path.join(folder, 'workshops/sample/workshop.md'), '!'),
		says: /files in the pack are not as they were written/,
	},
	{
		what: 'a missing workshop',
		break: folder => rmSync(path.join(folder, 'workshops'), {recursive: true}),
		says: /files in the pack can’t be read/,
	},
];

/** All that a pack can suffer, each with its own sentence. */
export const brokenPacks: BrokenPack[] = [...archives, ...paths, ...manifests];
