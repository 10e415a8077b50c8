import path from 'node:path';
import * as v from 'valibot';
import {readPlainFile} from '../storage/plain-file.js';
import {messageOf} from '../text/message-of.js';
import {UserError} from '../text/user-error.js';
import {type Manifest, manifestFile, manifestFormat, manifestSchema} from './manifest.js';

/** A pack of a thousand files needs a tenth of it. */
const mostBytes = 4 * 1024 * 1024;

/** Reads what a pack says that it holds. Throws a `UserError` when the folder is no pack, or one of another time. */
export const readManifest = (folder: string): Manifest => {
	const document = readDocument(folder);
	const format = (document as {format?: unknown} | null)?.format;
	if (typeof format === 'number' && format !== manifestFormat) {
		throw new UserError(
			`The pack in ${folder} has the format ${format}, and this program reads format ${manifestFormat}.`,
			{
				next: 'use the program that is in the pack, or make the pack anew with `multistage-workshop pack <folder>`',
			},
		);
	}
	const {success, output, issues} = v.safeParse(manifestSchema, document);
	if (success) return output;
	const [{path: place = [], message} = {path: [], message: ''}] = issues;
	const where = (place as Array<{key: unknown}>).map(({key}) => String(key)).join('.');
	throw damaged(folder, `${where || 'it'}: ${message}`);
};

const readDocument = (folder: string): unknown => {
	try {
		return JSON.parse(readPlainFile(path.join(folder, manifestFile), mostBytes).toString('utf8'));
	} catch (error) {
		if (error instanceof SyntaxError) throw damaged(folder, error.message);
		if ((error as {code?: unknown}).code === 'ENOENT') {
			throw new UserError(`There is no pack in ${folder}: it has no ${manifestFile}.`, {
				next: 'name the folder in which START-HERE.md is, or make a pack with `multistage-workshop pack <folder>`',
			});
		}
		throw new UserError(`The ${manifestFile} of the pack in ${folder} can’t be read: ${messageOf(error)}.`, {
			next: copyAgain,
			cause: error,
		});
	}
};

const damaged = (folder: string, why: string): UserError =>
	new UserError(`The ${manifestFile} of the pack in ${folder} is damaged (${why}).`, {next: copyAgain});

/** What helps against a pack that is not as it was written. */
export const copyAgain = 'copy the pack again from where you got it; nothing was loaded';

/** What helps against a pack that somebody has made wrong on purpose. */
export const trustedOnly = 'use a pack that comes from somebody you trust; nothing was loaded';
