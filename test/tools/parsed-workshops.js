// Gives a bundle the shipped workshops already read: to read them takes as long as all the rest of a start.
import {existsSync, readFileSync} from 'node:fs';

/** What a build has read: JSON by the hash of the texts. */
export const parsedFile = 'distribution/workshops.json';

/** For the bundle of the tests: a workshop that was changed since the last build has another hash, and is read anew. */
export const takeParsedWorkshops = {
	name: 'take-parsed-workshops',
	setup({onLoad}) {
		onLoad({filter: /\/parsed-workshops\.ts$/}, () => {
			const parsed = existsSync(parsedFile) ? readFileSync(parsedFile, 'utf8') : '{}';
			return {contents: `export const parsedWorkshops = ${parsed}`, loader: 'js'};
		});
	},
};
