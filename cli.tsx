import process from 'node:process';
import meow from 'meow';
import {printError} from './source/app/output.js';
import {programVersion} from './source/app/process.js';
import {assertUsage, helpText, selectCommand} from './source/commands/command-line.js';
import {chooseDialect, meowFlags, parseOptions} from './source/commands/flags.js';
import {loadMessages, messages} from './source/messages/index.js';
import {makePrivate, stateFolder} from './source/storage/state-folder.js';
import {UserError} from './source/text/user-error.js';
import {describeError} from './source/text/wording.js';

const argv = process.argv.slice(2);

/** meow itself rejects only a flag that is given twice. */
const parseArguments = () => {
	try {
		return meow(helpText(), {
			importMeta: import.meta,
			pkg: {name: 'multistage-workshop', version: programVersion},
			description: messages.commands.help.description,
			flags: meowFlags,
		});
	} catch (error) {
		throw new UserError(describeError(error), {next: messages.commands.seeHelp, exitCode: 2});
	}
};

const main = async (parsed: ReturnType<typeof parseArguments>): Promise<number> => {
	const {input, flags: given} = parsed;
	// meow itself answers these only when they stand alone.
	if ('help' in given) parsed.showHelp(0);
	if ('version' in given) parsed.showVersion();
	assertUsage(given, input, argv);
	const options = parseOptions(given);
	makePrivate(stateFolder());
	const {command, parameters} = selectCommand(input);
	const run = await command.load();
	return run(parameters, options);
};

// A deprecation warning of Node's about a package would be written over the screen.
process.noDeprecation = true;
// Ignore EPIPE: the reader, e.g. `head`, has stopped.
process.stdout.on('error', () => {});
// How errors are shown; guessed until the command line is parsed.
let errorFlags: Record<string, unknown> = {json: argv.includes('--json')};
await loadMessages(Intl.DateTimeFormat().resolvedOptions().locale);
try {
	const parsed = parseArguments();
	errorFlags = parsed.flags;
	process.exitCode = await main(parsed);
} catch (error) {
	process.exitCode = printError(error, errorFlags.json === true, chooseDialect(errorFlags.shell));
}
await new Promise(resolve => process.stdout.write('', resolve));
// An idle connection to the engine must not keep the program alive.
process.exit();
