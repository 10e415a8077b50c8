// Adds the parsed shipped workshops to a bundle, as parsing them would double the start-up time.
import {existsSync, readFileSync} from 'node:fs';

/** What the last build put into `parsed-workshops.ts`, as JSON: its exports by their names. */
export const parsedFile = 'distribution/workshops.json';

/** The exports of that module with these values. */
export const exportAll = values =>
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
