import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {UserError} from '../text/user-error.js';

/** Where this program's own parts are, for putting them into a pack. */
export type ProgramParts = {
	/** The program in one file. */
	program: string;
	/** An npm tarball at hand, as in a pack; else the folder of the npm package that one is made from. */
	tarball: {file: string} | {packageFolder: string};
};

/** `workshops`: the folder of the shipped workshops. Throws a `UserError` when a part is missing. */
export const findProgramParts = (workshops: string): ProgramParts => {
	const home = path.dirname(workshops);
	const here = fileURLToPath(import.meta.url);
	const program = here.endsWith('.ts') ? path.join(home, 'distribution', 'cli.js') : here;
	const tarball = readdirSync(home).find(name => /^multistage-workshop-.*\.tgz$/.test(name));
	if (!existsSync(program)) throw missing(program);
	if (existsSync(path.join(home, 'package.json'))) return {program, tarball: {packageFolder: home}};
	if (tarball === undefined) throw missing(path.join(home, 'package.json'));
	return {program, tarball: {file: path.join(home, tarball)}};
};

const missing = (what: string): UserError =>
	new UserError(`A part of the program is missing: ${what}.`, {
		next: 'install it again: `npm install --global multistage-workshop`',
	});
