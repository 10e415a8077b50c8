import type {Builder} from '../build/model.js';
import {defaultWorkshop} from '../storage/workshop-files.js';
import {didYouMean} from '../text/did-you-mean.js';
import {UserError} from '../text/user-error.js';
import {defaultDialect} from '../workshop/dialect.js';
import type {Dialect} from '../workshop/model.js';

/** The command line as every subcommand gets it. */
export type Options = {
	workshop: string;
	/** Null: `./<workshop id>`. */
	dir: string | null;
	/** Null: what was kept as progress, else BuildKit. */
	builder: Builder | null;
	shell: Dialect;
	json: boolean;
	yes: boolean;
	watch: boolean;
	/** Lint proves challenges on a real engine. */
	engine: boolean;
	replay: boolean;
	/** Lines instead of a screen, whatever the terminal. */
	plain: boolean;
	record: boolean;
	/** The folder of a pack to take images from; null: none. */
	pack: string | null;
	/** Builds get no network, and nothing is pulled. */
	noNetwork: boolean;
	/** Of a pack to write; empty: the engine's. */
	platforms: string[];
	/** The hash of a workshop that is not shipped. */
	trust: string | null;
	/** The file for what was done and learnt, .md or .html; null: none. */
	report: string | null;
};

/** What a subcommand is called with; it resolves with the exit code. */
export type Command = (parameters: string[], options: Options) => Promise<number>;

const builders: readonly Builder[] = ['legacy', 'buildkit'];
const dialects: readonly Dialect[] = ['sh', 'powershell', 'cmd'];

/** The flags as meow understands them. */
export const flags = {
	workshop: {type: 'string'},
	dir: {type: 'string'},
	builder: {type: 'string'},
	shell: {type: 'string'},
	json: {type: 'boolean', default: false},
	yes: {type: 'boolean', default: false},
	watch: {type: 'boolean', default: false},
	replay: {type: 'boolean', default: false},
	record: {type: 'boolean', default: false},
	plain: {type: 'boolean', default: false},
	engine: {type: 'boolean', default: false},
	pack: {type: 'string'},
	network: {type: 'boolean', default: true},
	platform: {type: 'string'},
	trust: {type: 'string'},
	report: {type: 'string'},
} as const;

type Flags = {
	[Name in keyof typeof flags]?: (typeof flags)[Name]['type'] extends 'boolean'
		? boolean
		: string | undefined;
};

/** Checks what meow parsed. Throws a `UserError` for a value that is none. */
export const parseOptions = (given: Flags): Options => {
	return {
		workshop: given.workshop ?? defaultWorkshop,
		dir: given.dir ?? null,
		builder: oneOf('--builder', given.builder, builders),
		shell: oneOf('--shell', given.shell, dialects) ?? shellFor(undefined),
		json: given.json ?? false,
		yes: given.yes ?? false,
		watch: given.watch ?? false,
		engine: given.engine ?? false,
		replay: given.replay ?? false,
		plain: given.plain ?? false,
		record: given.record ?? false,
		pack: given.pack ?? null,
		noNetwork: given.network === false,
		platforms: parsePlatforms(given.platform),
		trust: given.trust ?? null,
		report: parseReport(given.report),
	};
};

/** The dialect that is asked for, or the platform's own, also where what is asked for is none. */
export const shellFor = (given: string | undefined): Dialect =>
	dialects.find(dialect => dialect === given) ?? defaultDialect(process.platform);

/** A list such as `linux/amd64,linux/arm64`. */
const parsePlatforms = (given: string | undefined): string[] => {
	const platforms = (given ?? '').split(',').filter(Boolean);
	const wrong = platforms.find(platform => !/^[a-z]+\/[a-z0-9]+(?:\/v\d)?$/.test(platform));
	if (wrong === undefined && (given === undefined || platforms.length > 0)) return [...new Set(platforms)];
	throw new UserError(`\`--platform\` is a list like linux/amd64,linux/arm64, not \`${given}\`.`, {
		exitCode: 2,
	});
};

/** A file name whose ending says what is written. */
const parseReport = (given: string | undefined): string | null => {
	if (given === undefined || /[^/\\]\.(?:md|html)$/.test(given)) return given ?? null;
	throw new UserError(`\`--report\` is a file that ends in .md or .html, not \`${given}\`.`, {
		exitCode: 2,
	});
};

const oneOf = <Value extends string>(
	flag: string,
	given: string | undefined,
	values: readonly Value[],
): Value | null => {
	const value = values.find(candidate => candidate === given);
	if (given === undefined || value) return value ?? null;
	throw new UserError(
		`\`${flag}\` is one of ${values.join(', ')}, not \`${given}\`.${didYouMean(given, [...values])}`,
		{
			exitCode: 2,
		},
	);
};
