import meow from 'meow';
import {printError} from '../app/output.js';
import {programVersion} from '../app/process.js';
import {messages} from '../messages/index.js';
import {makePrivate, stateFolder} from '../storage/state-folder.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {assertUsage, helpText, selectCommand} from './command-line.js';
import {chooseDialect, meowFlags, type Options, parseOptions} from './flags.js';
import type {CommandRow} from './table.js';

/** Runs a command line and prints errors. Resolves with the exit code. */
export const runCommandLine = async (argv: string[]): Promise<number> => {
	// The flags that affect errors; guessed until the command line is parsed.
	let errorFlags: Record<string, unknown> = {json: argv.includes('--json')};
	try {
		const {command, parameters} = selectCommand(argv);
		if (command.takesAllWords) return await start(command, parameters, parseOptions({}));
		const parsed = parseArguments(argv);
		errorFlags = parsed.flags;
		return await run(parsed, argv);
	} catch (error) {
		return printError(error, errorFlags.json === true, chooseDialect(errorFlags.shell));
	}
};

/** meow itself only rejects a repeated flag. */
const parseArguments = (argv: string[]) => {
	try {
		return meow(helpText(), {
			importMeta: import.meta,
			argv,
			pkg: {name: 'multistage-workshop', version: programVersion},
			description: messages.commands.help.description,
			flags: meowFlags,
		});
	} catch (error) {
		throw new UserError(describeError(error), {next: messages.commands.seeHelp, exitCode: 2});
	}
};

const run = async (parsed: ReturnType<typeof parseArguments>, argv: string[]): Promise<number> => {
	const {input, flags: given} = parsed;
	// meow itself handles these only without other arguments.
	if ('help' in given) parsed.showHelp(0);
	if ('version' in given) parsed.showVersion();
	assertUsage(given, input, argv);
	const options = parseOptions(given);
	const {command, parameters} = selectCommand(input);
	return start(command, parameters, options);
};

const start = async (command: CommandRow, parameters: string[], options: Options): Promise<number> => {
	makePrivate(stateFolder());
	const perform = await command.load();
	return perform(parameters, options);
};
