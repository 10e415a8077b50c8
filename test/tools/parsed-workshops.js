// Adds the parsed shipped workshops to a bundle, as parsing them would double the start-up time.
import {existsSync, readFileSync} from 'node:fs';

/** The workshops parsed by the last build: JSON by the hash of their texts. */
export const parsedFile = 'distribution/workshops.json';

/** Adds them to the tests. A workshop changed since the last build has another hash and is parsed again. */
export const takeParsedWorkshops = {
	name: 'take-parsed-workshops',
	setup({onLoad}) {
		onLoad({filter: /\/parsed-workshops\.ts$/}, () => {
			const parsed = existsSync(parsedFile) ? readFileSync(parsedFile, 'utf8') : '{}';
			return {contents: `export const parsedWorkshops = ${parsed}`, loader: 'js'};
		});
	},
};
