// Adds the parsed shipped workshops to a bundle, as parsing them would double the start-up time.
import {existsSync, readFileSync} from 'node:fs';
import {squeeze} from './squeeze.js';

/** What the last build put into `parsed-workshops.ts`, as JSON: its exports by their names. */
export const parsedFile = 'distribution/workshops.json';

/**
 * The exports of that module with these values. The workshops are stored compressed, which makes the package smaller,
 * and decompressed when the first is opened.
 */
export const exportSqueezed = ({parsedWorkshops, shippedHashes}) =>
	[
		`const texts = ${squeeze(Object.values(parsedWorkshops).map(toAscii))};`,
		`export const shippedHashes = ${JSON.stringify(shippedHashes)};`,
		'export const parsedWorkshops = {',
		...Object.keys(parsedWorkshops).map((hash, index) => `get '${hash}'() { return texts()[${index}]; },`),
		'};',
	].join('\n');

/** JSON with what is not ASCII as escapes. */
const toAscii = json =>
	json.replace(/[^\0-\x7F]/g, mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The same, uncompressed. */
const exportAll = values =>
	Object.entries(values)
		.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
		.join('\n');

const empty = {parsedWorkshops: {}, shippedHashes: {}};

/** Adds them to the tests. A workshop changed since the last build has another hash and is parsed again. */
export const takeParsedWorkshops = {
	name: 'take-parsed-workshops',
	setup({onLoad}) {
		onLoad({filter: /\/parsed-workshops\.ts$/}, () => {
			const values = existsSync(parsedFile) ? JSON.parse(readFileSync(parsedFile, 'utf8')) : empty;
			return {contents: exportAll(values), loader: 'js'};
		});
	},
};
