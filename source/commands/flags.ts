import type {Builder} from '../stages/model.js';
import {defaultWorkshop} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import {didYouMean} from '../text/wording.js';
import {defaultDialect} from '../workshop/dialect.js';
import type {Dialect} from '../workshop/model.js';

const builders: readonly Builder[] = ['legacy', 'buildkit'];
const dialects: readonly Dialect[] = ['sh', 'powershell', 'cmd'];

/** A flag with a value. `parse` makes the option of it, and throws a `UserError` for a value that is none. */
const textFlag = <Value>(placeholder: string, summary: string, parse: (value: string | undefined) => Value) =>
	({type: 'string', placeholder, default: undefined, summary, parse}) as const;

/** A flag without a value. A summary of null: the help of its command mentions it. */
const switchFlag = (summary: string | null, usual = false) =>
	({
		type: 'boolean',
		placeholder: null,
		default: usual,
		summary,
		parse: (value: boolean | undefined) => value ?? usual,
	}) as const;

const orNull = (value: string | undefined): string | null => value ?? null;

const parseChoice = <Value extends string>(
	flag: string,
	given: string | undefined,
	values: readonly Value[],
): Value | null => {
	const value = values.find(candidate => candidate === given);
	if (given === undefined || value) return value ?? null;
	throw new UserError(
		`\`${flag}\` is one of ${values.join(', ')}, not \`${given}\`.${didYouMean(given, [...values])}`,
		{exitCode: 2},
	);
};

/** A list such as `linux/amd64,linux/arm64`. */
const parsePlatforms = (given: string | undefined): string[] => {
	const platforms = (given ?? '').split(',').filter(Boolean);
	const wrong = platforms.find(platform => !/^[a-z]+\/[a-z0-9]+(?:\/v\d)?$/.test(platform));
	if (wrong === undefined && (given === undefined || platforms.length > 0)) return [...new Set(platforms)];
	throw new UserError(`\`--platform\` is a list like linux/amd64,linux/arm64, not \`${given}\`.`, {
		exitCode: 2,
	});
};

/** A file name whose extension selects the format. */
const parseReport = (given: string | undefined): string | null => {
	if (given === undefined || /[^/\\]\.(?:md|html)$/.test(given)) return given ?? null;
	throw new UserError(`\`--report\` is a file that ends in .md or .html, not \`${given}\`.`, {
		exitCode: 2,
	});
};

/** The dialect the learner asks for, or the platform's own, even if there is no such dialect. */
export const chooseDialect = (given: unknown): Dialect =>
	dialects.find(dialect => dialect === given) ?? defaultDialect(process.platform);

/**
 * All flags, in the order of the help. Usage errors and `Options` come from here too; which commands take a flag is
 * in the table of commands.
 */
export const flags = {
	workshop: textFlag(
		'<name>',
		'the workshop, for the subcommands (default: multi-stage)',
		name => name ?? defaultWorkshop,
	),
	/** Null: `./<workshop id>`. */
	dir: textFlag('<folder>', 'where the lab files go            (default: ./<workshop id>)', orNull),
	/** Null: the one kept as progress, else BuildKit. */
	builder: textFlag('<name>', 'legacy or buildkit: the builder to begin with', given =>
		parseChoice('--builder', given, builders),
	),
	shell: textFlag(
		'<name>',
		'dialect shown: sh, powershell, cmd (default: by platform)',
		given => parseChoice('--shell', given, dialects) ?? chooseDialect(undefined),
	),
	plain: switchFlag('lines instead of a screen (automatic without a terminal; also ACCESSIBLE=1)'),
	json: switchFlag('machine-readable result of list, doctor, run, check, lint, cleanup'),
	yes: switchFlag('do not ask'),
	watch: switchFlag('check: wait; for authors: open a folder and follow its files'),
	replay: switchFlag('play recorded runs, use no Docker'),
	record: switchFlag('run: write the recordings of this workshop'),
	/** The folder of a pack; null: none. */
	pack: textFlag('<folder>', 'take images from this pack', orNull),
	/** False: builds get no network, and nothing is pulled. */
	network: switchFlag('run: builds get no network', true),
	/** Empty: the engine's own. */
	platform: textFlag('<list>', "pack: linux/amd64,linux/arm64     (default: the engine's)", parsePlatforms),
	/** Lint proves challenges on a real engine. */
	engine: switchFlag(null),
	/** The hash of a workshop that is not shipped. */
	trust: textFlag('<hash>', 'run a workshop that is not shipped', orNull),
	/** Null: no report. */
	report: textFlag('<file>', 'write what was done and learnt, as .md or .html', parseReport),
};

export type Flag = keyof typeof flags;

export const flagNames = Object.keys(flags) as Flag[];

/** As meow wants them. */
export const meowFlags: Record<string, {type: 'string'} | {type: 'boolean'; default: boolean}> =
	Object.fromEntries(
		Object.entries(flags).map(([name, flag]) => [
			name,
			flag.type === 'string' ? {type: 'string'} : {type: 'boolean', default: flag.default},
		]),
	);

/** A flag as you type it. */
export const formatFlag = (name: string): string =>
	name in flags && flags[name as Flag].default === true ? `--no-${name}` : `--${name}`;

/** The command line as every command gets it. */
export type Options = {[Name in Flag]: ReturnType<(typeof flags)[Name]['parse']>};

/** A command; it resolves with the exit code. */
export type Command = (parameters: string[], options: Options) => Promise<number>;

/** Checks what meow parsed. Throws a `UserError` for an invalid value. */
export const parseOptions = (given: Record<string, unknown>): Options =>
	Object.fromEntries(flagNames.map(name => [name, flags[name].parse(given[name] as never)])) as Options;
