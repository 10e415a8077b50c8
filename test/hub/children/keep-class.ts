// Opens a class that is kept in the folder of the first argument; `resume` as the second resumes it. Prints where it is
// as one line of JSON, and each trouble as another.
import process from 'node:process';
import {openHub} from '../../../source/hub/hub.js';
import {hubOptions} from '../test-hub.js';

const [folder = '', how] = process.argv.slice(2);
const print = (document: unknown) => process.stdout.write(`${JSON.stringify(document)}\n`);
const hub = await openHub({
	...hubOptions,
	keep: folder,
	resume: how === 'resume',
	tell: trouble => print({trouble}),
});
print({host: hub.host, port: hub.port, code: hub.code, fingerprint: hub.fingerprint});
