import {createWriteStream, existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {fileURLToPath} from 'node:url';
import {createGzip} from 'node:zlib';
import prettyBytes from 'pretty-bytes';
import {pack} from 'tar-stream';
import {messages} from '../messages/index.js';
import {listFiles} from '../storage/files.js';
import {defaultWorkshop} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import {type Manifest, packedWorkshops, programFile} from './manifest.js';

/**
 * Finds this program's own parts for a pack: its single file, and the folder of its npm package or else, as in a pack,
 * its npm tarball. `workshops`: the folder of the shipped workshops. Throws a `UserError` if a part is missing.
 */
export const findProgramParts = (workshops: string) => {
	const home = path.dirname(workshops);
	const here = fileURLToPath(import.meta.url);
	const program = here.endsWith('.ts') ? path.join(home, 'distribution', 'cli.js') : here;
	const tarball = readdirSync(home).find(name => /^multistage-workshop-.*\.tgz$/.test(name));
	if (!existsSync(program)) throw missingPartError(program);
	if (existsSync(path.join(home, 'package.json'))) return {program, tarball: {packageFolder: home}};
	if (tarball === undefined) throw missingPartError(path.join(home, 'package.json'));
	return {program, tarball: {file: path.join(home, tarball)}};
};

const missingPartError = (what: string): UserError => new UserError(messages.pack.missingPart(what));

/** The published keys of `package.json`, without those of the build. */
const published = [
	'name',
	'version',
	'description',
	'keywords',
	'license',
	'type',
	'bin',
	'files',
	'engines',
] as const;

/** Writes the npm package of this program, which has no dependencies, as `npm pack` does. */
export const writeTarball = async (
	packageFolder: string,
	file: string,
	signal: AbortSignal,
): Promise<void> => {
	const read = (name: string) => readFileSync(path.join(packageFolder, name));
	const all = JSON.parse(read('package.json').toString('utf8')) as Record<string, unknown>;
	const description = Object.fromEntries(published.flatMap(key => (key in all ? [[key, all[key]]] : [])));
	const files = [
		...readdirSync(packageFolder).filter(name => /^(readme\.md|license)$/i.test(name)),
		...(all.files as string[]).flatMap(name =>
			statSync(path.join(packageFolder, name)).isDirectory() ? listFiles(packageFolder, name) : [name],
		),
	];
	const tarball = pack();
	tarball.entry({...header, name: 'package/package.json'}, `${JSON.stringify(description, null, 2)}\n`);
	for (const name of files) {
		const mode = name === 'distribution/cli.js' ? 0o755 : 0o644;
		tarball.entry({...header, mode, name: `package/${name}`}, read(name));
	}
	tarball.finalize();
	await pipeline(tarball, createGzip({level: 9}), createWriteStream(file), {signal});
};

/** The time is the one that npm itself writes into every package. */
const header = {mode: 0o644, uid: 0, gid: 0, mtime: new Date('1985-10-26T08:15:00Z')} as const;

/** Renders the first page of a pack: one command for each system, and further commands. `shipped`: workshop IDs. */
export const renderStartPage = (
	manifest: Manifest,
	{tarball, date, shipped}: {tarball: string; date: Date; shipped: string[]},
): string => {
	const [first, ...others] = packedWorkshops(manifest).map(({id}) => ({
		id,
		which: id === defaultWorkshop ? '' : ` --workshop ${id}`,
		isShipped: shipped.includes(id),
	}));
	if (!first) throw missingPartError('workshops');
	return messages.pack.startPage({
		...first,
		others,
		program: `node ${programFile}`,
		tarball,
		date: date.toISOString().slice(0, 10),
		images: manifest.images.map(image => ({...image, size: prettyBytes(image.bytes)})),
	});
};
