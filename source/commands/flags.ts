import {isIP} from 'node:net';
import process from 'node:process';
import {defaultPort} from '../classroom/protocol.js';
import {messages} from '../messages/index.js';
import type {Builder} from '../stages/model.js';
import {defaultWorkshop} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import {didYouMean} from '../text/wording.js';
import {defaultDialect} from '../workshop/dialect.js';
import type {Dialect} from '../workshop/model.js';

const builders: readonly Builder[] = ['legacy', 'buildkit'];
const dialects: readonly Dialect[] = ['sh', 'powershell', 'cmd'];

/** A flag with a value. `parse` converts the value, and throws a `UserError` if it is invalid. */
const textFlag = <Value>(parse: (value: string | undefined) => Value) =>
	({type: 'string', default: undefined, parse}) as const;

/** Like `textFlag`, for a flag that also has a short form: one letter. */
const shortTextFlag = <Value>(short: string, parse: (value: string | undefined) => Value) =>
	({type: 'string', default: undefined, short, parse}) as const;

/** Like `textFlag`, for a flag that a command may take several times. */
const listFlag = <Value>(parse: (values: string[]) => Value) =>
	({type: 'string', default: undefined, isMultiple: true, parse}) as const;

/** A flag without a value. */
const switchFlag = (usual = false) =>
	({type: 'boolean', default: usual, parse: (value: boolean | undefined) => value ?? usual}) as const;

const orNull = (value: string | undefined): string | null => value ?? null;

const parseChoice = <Value extends string>(
	flag: string,
	given: string | undefined,
	values: readonly Value[],
): Value | null => {
	const value = values.find(candidate => candidate === given);
	if (given === undefined || value) return value ?? null;
	const problem = messages.commands.usage.notAChoice(flag, values, given);
	throw new UserError(problem + didYouMean(given, [...values]), {exitCode: 2});
};

/** Parses a list such as `linux/amd64,linux/arm64`. */
const parsePlatforms = (given: string | undefined): string[] => {
	const platforms = (given ?? '').split(',').filter(Boolean);
	const wrong = platforms.find(platform => !/^[a-z]+\/[a-z0-9]+(?:\/v\d)?$/.test(platform));
	if (wrong === undefined && (given === undefined || platforms.length > 0)) return [...new Set(platforms)];
	throw new UserError(messages.commands.usage.noPlatforms(given ?? ''), {exitCode: 2});
};

const parsePort = (given: string | undefined): number => {
	if (given === undefined) return defaultPort;
	const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
	if (port <= 65_535) return port;
	throw new UserError(messages.commands.usage.noPort(given), {exitCode: 2});
};

const parseAddress = (given: string | undefined): string | null => {
	if (given === undefined || isIP(given) !== 0) return given ?? null;
	throw new UserError(messages.commands.usage.noIpAddress(given), {exitCode: 2});
};

/** Accepts a file name whose extension selects the format. */
const parseReport = (given: string | undefined): string | null => {
	if (given === undefined || /[^/\\]\.(?:md|html)$/.test(given)) return given ?? null;
	throw new UserError(messages.commands.usage.noReportFile(given), {exitCode: 2});
};

/** Each `NAME=value`, or `NAME` for a variable of the environment. */
const parseBuildArgs = (words: string[]): string[] => {
	const wrong = words.find(word => word.startsWith('='));
	if (wrong === undefined) return words;
	throw new UserError(messages.commands.usage.noBuildArg(wrong), {exitCode: 2});
};

/** Each `name=value`. */
const parseBuildContexts = (words: string[]): string[] => {
	const wrong = words.find(word => !/^[^=]+=./.test(word));
	if (wrong === undefined) return words;
	throw new UserError(messages.commands.usage.noBuildContext(wrong), {exitCode: 2});
};

/** The dialect that the learner asks for; the platform's default if there is no such dialect. */
export const chooseDialect = (given: unknown): Dialect =>
	dialects.find(dialect => dialect === given) ?? defaultDialect(process.platform);

/** All flags. The table of commands says which commands accept them; the messages hold their help. */
export const flags = {
	/** At least one. */
	workshop: listFlag(names => (names.length > 0 ? names : [defaultWorkshop])),
	/** Null: `./<workshop id>`. */
	dir: textFlag(orNull),
	/** Null: the builder saved with the progress, else BuildKit. */
	builder: textFlag(given => parseChoice('--builder', given, builders)),
	shell: textFlag(given => parseChoice('--shell', given, dialects) ?? chooseDialect(undefined)),
	plain: switchFlag(),
	json: switchFlag(),
	yes: switchFlag(),
	watch: switchFlag(),
	replay: switchFlag(),
	record: switchFlag(),
	/** The folder or the address of a pack; null for none. */
	pack: textFlag(orNull),
	/** False: builds have no network, and nothing is pulled. */
	network: switchFlag(true),
	/** Empty: the engine's own. */
	platform: textFlag(parsePlatforms),
	/** Whether lint also proves challenges on a real engine. */
	engine: switchFlag(),
	/** Whether lint takes warnings for problems. */
	strict: switchFlag(),
	/** The hash of a workshop that is not shipped; null if not given. */
	trust: textFlag(orNull),
	/** The port of a class. 0: any free one. */
	port: textFlag(parsePort),
	/** The IP address on which a class listens; null: it is asked for. */
	address: textFlag(parseAddress),
	/** What a class is called; null: like its workshops. */
	title: textFlag(orNull),
	/** The folder in which a class is kept; null: in memory alone. */
	keep: textFlag(orNull),
	/** Whether to go on with the class that is kept there. */
	resume: switchFlag(),
	/** The learner's name in a class; null: it is asked for. */
	name: textFlag(orNull),
	/** The hand-in file of another laptop, whose seat is taken over; null for none. */
	with: textFlag(orNull),
	/** Null: no report. */
	report: textFlag(parseReport),
	/** The path of a Dockerfile; null for the one in the build context. */
	file: shortTextFlag('f', orNull),
	/** The stage to build; null for the last one. */
	target: textFlag(orNull),
	/** The build arguments, as they are written. */
	buildArg: listFlag(parseBuildArgs),
	/** Further build contexts, as they are written. */
	buildContext: listFlag(parseBuildContexts),
	/** What only builds use, as it is written. */
	secret: listFlag(words => words),
	ssh: listFlag(words => words),
	/** Whether a copy is built, to measure it and what would make it better. */
	measure: switchFlag(),
	/** Whether what was proven is written beside the Dockerfile. */
	write: switchFlag(),
};

export type Flag = keyof typeof flags;

export const flagNames = Object.keys(flags) as Flag[];

/** The flags in meow's format. */
export const meowFlags: Record<
	string,
	{type: 'string'; isMultiple: boolean; shortFlag?: string} | {type: 'boolean'; default: boolean}
> = Object.fromEntries(
	Object.entries(flags).map(([name, flag]) => [
		name,
		flag.type === 'string'
			? {type: 'string', isMultiple: 'isMultiple' in flag, ...('short' in flag && {shortFlag: flag.short})}
			: {type: 'boolean', default: flag.default},
	]),
);

/** A flag as typed. */
export const formatFlag = (name: string): string => {
	const typed = name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
	return name in flags && flags[name as Flag].default === true ? `--no-${typed}` : `--${typed}`;
};

/** The parsed flags, as every command receives them. */
export type Options = Omit<Parsed, 'workshop'> & {
	/** The one that is named, or the first. */
	workshop: string;
	workshops: string[];
};

type Parsed = {[Name in Flag]: ReturnType<(typeof flags)[Name]['parse']>};

/** A command. Resolves with the exit code. */
export type Command = (parameters: string[], options: Options) => Promise<number>;

/** Converts the flags that meow parsed. Throws a `UserError` for an invalid value. */
export const parseOptions = (given: Record<string, unknown>): Options => {
	const parsed = Object.fromEntries(
		flagNames.map(name => [
			name,
			flags[name].parse((given[name] ?? ('isMultiple' in flags[name] ? [] : undefined)) as never),
		]),
	) as Parsed;
	const [workshop = defaultWorkshop] = parsed.workshop;
	return {...parsed, workshop, workshops: parsed.workshop};
};
