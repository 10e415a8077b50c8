import {createWriteStream, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {createGzip} from 'node:zlib';
import {pack} from 'tar-stream';
import {listFiles} from '../storage/list-files.js';

/** What is published of `package.json`: neither what the program is built with, nor how. */
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

/** Writes the npm package of this program, which needs no other package, as `npm pack` does. */
export const writeTarball = async (
	packageFolder: string,
	file: string,
	signal: AbortSignal,
): Promise<void> => {
	const read = (name: string) => readFileSync(path.join(packageFolder, ...name.split('/')));
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
