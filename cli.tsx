import process from 'node:process';
import {runCommandLine} from './source/commands/run-command-line.js';
import {loadMessages} from './source/messages/index.js';

// Node would print deprecation warnings of packages over the screen.
process.noDeprecation = true;
// Ignore EPIPE: the reader, e.g. `head`, has stopped.
process.stdout.on('error', () => {});
await loadMessages(Intl.DateTimeFormat().resolvedOptions().locale);
process.exitCode = await runCommandLine(process.argv.slice(2));
await new Promise(resolve => process.stdout.write('', resolve));
// An idle connection to the engine must not keep the program alive.
process.exit();
