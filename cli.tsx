import process from 'node:process';
import {runCommandLine} from './source/commands/run-command-line.js';
import {loadMessages} from './source/messages/index.js';

// Node would print deprecation warnings of packages over the screen.
process.noDeprecation = true;
// Ignore EPIPE: the reader, e.g. `head`, has stopped.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
await loadMessages(Intl.DateTimeFormat().resolvedOptions().locale);
process.exitCode = await runCommandLine(process.argv.slice(2));
// A slow reader has not taken everything yet, and exiting would discard the rest.
for (const stream of [process.stdout, process.stderr])
	await new Promise(resolve => stream.write('', () => resolve(null)));
// An idle connection to the engine must not keep the program alive.
process.exit();
