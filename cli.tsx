import process from 'node:process';
import meow from 'meow';
import {printError} from './source/app/output.js';
import {programVersion} from './source/app/process.js';
import {
	assertUsage,
	type Command,
	chooseDialect,
	flags,
	parseOptions,
} from './source/commands/command-line.js';
import {makePrivate, stateFolder} from './source/storage/state-folder.js';
import {UserError} from './source/text/user-error.js';
import {describeError} from './source/text/wording.js';

const help = `
	Usage
	  $ multistage-workshop [workshop]        open a workshop: a name, or a folder (default: multi-stage)
	  $ multistage-workshop list              the workshops at hand
	  $ multistage-workshop doctor            can this machine run it? each finding with its fix
	  $ multistage-workshop run [chapter…]    rehearse without a screen: run every step, judge each
	  $ multistage-workshop check [challenge] judge a challenge now (default: lab-port); --watch waits until it passes
	  $ multistage-workshop lint [folder]     is this workshop sound? --engine proves it on a real engine
	  $ multistage-workshop pack <folder>     write an offline pack
	  $ multistage-workshop cleanup           remove what the workshop made; lists it first
	  $ multistage-workshop reset [step]      forget progress, restore the lab files

	Options
	  --workshop <name>   the workshop, for the subcommands (default: multi-stage)
	  --dir <folder>      where the lab files go            (default: ./<workshop id>)
	  --builder <name>    legacy or buildkit: the builder to begin with
	  --shell <name>      dialect shown: sh, powershell, cmd (default: by platform)
	  --plain             lines instead of a screen (automatic without a terminal; also ACCESSIBLE=1)
	  --json              machine-readable result of list, doctor, run, check, lint, cleanup
	  --yes               do not ask
	  --watch             check: wait; for authors: open a folder and follow its files
	  --replay            play recorded runs, use no Docker
	  --record            run: write the recordings of this workshop
	  --pack <folder>     take images from this pack
	  --no-network        run: builds get no network
	  --platform <list>   pack: linux/amd64,linux/arm64     (default: the engine's)
	  --trust <hash>      run a workshop that is not shipped
	  --report <file>     write what was done and learnt, as .md or .html
	  --version, --help

	Examples
	  $ multistage-workshop
	  $ multistage-workshop run buildkit --yes
	  $ multistage-workshop check lab-port --watch
`;

/** Only the one that is asked for is evaluated. */
const commands = new Map<string, () => Promise<Command>>([
	['list', async () => (await import('./source/commands/list.js')).list],
	['doctor', async () => (await import('./source/commands/doctor.js')).doctor],
	['run', async () => (await import('./source/commands/run.js')).run],
	['check', async () => (await import('./source/commands/check.js')).check],
	['lint', async () => (await import('./source/commands/lint.js')).lint],
	['pack', async () => (await import('./source/commands/pack.js')).pack],
	['cleanup', async () => (await import('./source/commands/cleanup.js')).cleanup],
	['reset', async () => (await import('./source/commands/reset.js')).reset],
]);

const argv = process.argv.slice(2);

/** Only of a flag that is given twice meow itself says that this is wrong. */
const parseArguments = () => {
	try {
		return meow(help, {
			importMeta: import.meta,
			pkg: {name: 'multistage-workshop', version: programVersion},
			description: 'Docker multi-stage builds, learnt in the terminal on your own engine',
			flags,
		});
	} catch (error) {
		throw new UserError(describeError(error), {next: 'see `multistage-workshop --help`', exitCode: 2});
	}
};

const main = async (parsed: ReturnType<typeof parseArguments>): Promise<number> => {
	const {input, flags: given} = parsed;
	const [name = '', ...parameters] = input;
	// meow itself answers these only where they stand alone.
	if ('help' in given) parsed.showHelp(0);
	if ('version' in given) parsed.showVersion();
	assertUsage(given, input, argv);
	const options = parseOptions(given);
	makePrivate(stateFolder());
	const load = commands.get(name);
	if (load) return (await load())(parameters, options);
	const {open} = await import('./source/commands/open.js');
	return open(input, options);
};

// A package's use of what Node deprecates would be written over the screen.
process.noDeprecation = true;
// Who stops reading, as `| head` does, has read enough: the rest goes nowhere.
process.stdout.on('error', () => {});
/** For errors, until the command line is read. */
let read: {json: boolean; shell?: string | undefined} = {json: argv.includes('--json')};
try {
	const parsed = parseArguments();
	read = parsed.flags;
	process.exitCode = await main(parsed);
} catch (error) {
	process.exitCode = printError(error, read.json, chooseDialect(read.shell));
}
await new Promise(resolve => process.stdout.write('', resolve));
// An idle connection to the engine must not keep the program alive.
process.exit();
