/** One `docker` command line, in whatever way it was written. */
export type DockerCommand = {
	/**
	 * What it does, under one name for all ways to write it: `docker container run`, `docker --debug run` and `docker run`
	 * are `run`; other sub-commands keep both words: `network create`, `buildx bake`. `''` when there is none.
	 */
	verb: string;
	/** The words behind the verb, as they were written. */
	args: string[];
	/** How many words of the line stand before `args`: where a flag can be added. */
	argsAt: number;
	/** Flags of the verb; none for a verb without a table. */
	flags: Flags;
	/** The words behind the verb that are no flags; all of them for a verb without a table. */
	operands: string[];
	/** The sentence with which the Docker CLI refuses the flags; null when it takes them. */
	refusal: string | null;
	/** It was written as `docker buildx …`, which builds with BuildKit whatever `DOCKER_BUILDKIT` says. */
	isBuildx: boolean;
	/**
	 * It says itself how to reach an engine (`-H`, `--host`, `-c`, `--context`, `--config`), so it may be about another one
	 * than the workshop's.
	 */
	namesEngine: boolean;
};

/** Sub-commands that are also commands without their management command. */
const shortcuts: Record<string, readonly string[]> = {
	image: ['build', 'history', 'import', 'load', 'pull', 'push', 'save', 'tag'],
	container: [
		...['attach', 'commit', 'cp', 'create', 'diff', 'exec', 'export', 'kill', 'logs', 'pause', 'port', 'ps'],
		...['rename', 'restart', 'rm', 'run', 'start', 'stats', 'stop', 'top', 'unpause', 'update', 'wait'],
	],
	builder: ['build'],
	buildx: ['build'],
};

/** Aliases, and the commands whose short form has another word. */
const aliases: Record<string, string> = {
	images: 'image ls',
	'image list': 'image ls',
	rmi: 'image rm',
	'image remove': 'image rm',
	'container ls': 'ps',
	'container list': 'ps',
	'container remove': 'rm',
	'buildx b': 'build',
	'buildx f': 'buildx bake',
	'network list': 'network ls',
	'network remove': 'network rm',
	'volume list': 'volume ls',
	'volume remove': 'volume rm',
	'context list': 'context ls',
	'context remove': 'context rm',
};

/** Management commands: the next word says what is done. */
const groups = new Set([
	...['builder', 'buildx', 'checkpoint', 'compose', 'config', 'container', 'context', 'image', 'manifest'],
	...[
		'model',
		'network',
		'node',
		'plugin',
		'scout',
		'secret',
		'service',
		'stack',
		'swarm',
		'system',
		'trust',
	],
	'volume',
]);

const noFlags: FlagTable = {alone: new Set(), valued: new Set(), short: {}, interspersed: false};

/** Reads a command line that is split into words; null for another program than `docker`. */
export const parseDockerCommand = (words: readonly string[]): DockerCommand | null => {
	const programAt = words[0] === 'sudo' ? 1 : 0;
	if (!/^(?:.*[\\/])?docker(?:\.exe)?$/.test(words[programAt] ?? '')) return null;
	const globals = parseFlags(words.slice(programAt + 1), globalFlags);
	const [first = '', ...others] = globals.operands;
	const group = groups.has(first) ? parseFlags(others, groupFlags[first] ?? noFlags) : null;
	const [second = '', ...behind] = group?.operands ?? [];
	const verb = group ? resolveVerb(first, second) : (aliases[first] ?? first);
	const args = group ? behind : others;
	const table = flagTables[verb];
	const {flags, operands, refusal} = table
		? parseFlags(args, table)
		: {...parseFlags([], noFlags), operands: args};
	return {
		verb,
		args,
		argsAt: words.length - args.length,
		flags,
		operands,
		refusal: globals.refusal ?? refusal,
		isBuildx: first === 'buildx',
		namesEngine: ['host', 'context', 'config'].some(name => globals.flags.last(name) !== null),
	};
};

/** Whether a command builds: `docker build --call=outline` and `--check` only read the Dockerfile. */
export const isBuild = ({verb, flags}: DockerCommand): boolean =>
	verb === 'build' && (flags.last('call') || 'build') === 'build' && !flags.isOn('check');

const resolveVerb = (group: string, name: string): string => {
	const whole = name === '' ? group : `${group} ${name}`;
	return aliases[whole] ?? (shortcuts[group]?.includes(name) ? name : whole);
};

/** Which flags a command has. */
export type FlagTable = {
	/** Long names of flags without a value. */
	alone: ReadonlySet<string>;
	/** Long names of flags with a value. */
	valued: ReadonlySet<string>;
	/** Long name by letter. */
	short: Readonly<Record<string, string>>;
	/** Flags may follow operands: true for `docker build`, false for `docker run`, whose operands end them. */
	interspersed: boolean;
};

/** The flags of one command, by long name. */
export type Flags = {
	/** Every flag in the order of typing; one without a value is `true` or `false`. */
	given: ReadonlyArray<{name: string; value: string}>;
	/** The value that counts where a flag has one value; null when it is not given. */
	last(name: string): string | null;
	all(name: string): string[];
	/** Whether a flag without a value is given and not `=false`. */
	isOn(name: string): boolean;
};

export type ParsedFlags = {
	flags: Flags;
	operands: string[];
	/** The sentence with which the Docker CLI refuses these flags; null when it takes them. */
	refusal: string | null;
};

const trueWords = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const falseWords = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/**
 * Reads flags and operands as the Docker CLI does. After a flag that is unknown or wrong it reads on, so that most of
 * a command for a newer CLI is still understood.
 */
export const parseFlags = (args: readonly string[], table: FlagTable): ParsedFlags => {
	const given: Array<{name: string; value: string}> = [];
	const operands: string[] = [];
	const words = [...args];
	let refusal: string | null = null;
	for (let word = words.shift(); word !== undefined; word = words.shift()) {
		if (word === '--') {
			operands.push(...words);
			break;
		}
		if (!word.startsWith('-') || word === '-') {
			operands.push(word);
			if (table.interspersed) continue;
			operands.push(...words);
			break;
		}
		const read = word.startsWith('--') ? parseLong(word, words, table) : parseShort(word, words, table);
		refusal ??= read.refusal;
		given.push(...read.flags);
	}
	const wrong = given.find(
		({name, value}) => table.alone.has(name) && !trueWords.has(value) && !falseWords.has(value),
	);
	if (wrong) {
		const parsing = `strconv.ParseBool: parsing "${wrong.value}": invalid syntax`;
		refusal ??= `invalid argument "${wrong.value}" for "--${wrong.name}" flag: ${parsing}`;
	}
	const normal = given.map(flag =>
		table.alone.has(flag.name) ? {...flag, value: String(trueWords.has(flag.value))} : flag,
	);
	return {flags: createFlags(normal), operands, refusal};
};

const createFlags = (given: Flags['given']): Flags => ({
	given,
	last: name => given.findLast(flag => flag.name === name)?.value ?? null,
	all: name => given.filter(flag => flag.name === name).map(({value}) => value),
	isOn: name => given.findLast(flag => flag.name === name)?.value === 'true',
});

type ParsedWord = {flags: Array<{name: string; value: string}>; refusal: string | null};

const parseLong = (word: string, words: string[], {alone, valued}: FlagTable): ParsedWord => {
	const at = word.indexOf('=');
	const name = word.slice(2, at < 0 ? undefined : at);
	if (!alone.has(name) && !valued.has(name)) return {flags: [], refusal: `unknown flag: --${name}`};
	if (at >= 0) return {flags: [{name, value: word.slice(at + 1)}], refusal: null};
	if (alone.has(name)) return {flags: [{name, value: 'true'}], refusal: null};
	const value = words.shift();
	return value === undefined
		? {flags: [], refusal: `flag needs an argument: --${name}`}
		: {flags: [{name, value}], refusal: null};
};

/** `-dP`, `-p80`, `-p=80` and `-p 80`. */
const parseShort = (word: string, words: string[], {alone, short}: FlagTable): ParsedWord => {
	const flags: ParsedWord['flags'] = [];
	for (let letters = word.slice(1); letters !== ''; letters = letters.slice(1)) {
		const letter = letters[0] ?? '';
		const name = short[letter];
		if (name === undefined) {
			return {flags, refusal: `unknown shorthand flag: '${letter}' in -${letters}`};
		}
		if (letters[1] === '=') return {flags: [...flags, {name, value: letters.slice(2)}], refusal: null};
		if (alone.has(name)) {
			flags.push({name, value: 'true'});
			continue;
		}
		const value = letters.length > 1 ? letters.slice(1) : words.shift();
		if (value === undefined) {
			return {flags, refusal: `flag needs an argument: '${letter}' in -${letters}`};
		}
		return {flags: [...flags, {name, value}], refusal: null};
	}
	return {flags, refusal: null};
};

const list = (names: string): string[] => names.split(/\s+/).filter(Boolean);

/** `short`: `d: detach`, one a word pair. `alone` and `valued`: long names. */
const table = (
	{alone = '', valued = '', short = {}}: {alone?: string; valued?: string; short?: Record<string, string>},
	{interspersed = true}: {interspersed?: boolean} = {},
): FlagTable => ({
	alone: new Set([...list(alone), 'help']),
	valued: new Set(list(valued)),
	short,
	interspersed,
});

const createAlone = `
	disable-content-trust init interactive no-healthcheck oom-kill-disable privileged publish-all quiet read-only rm
	tty use-api-socket
`;
const createValued = `
	add-host annotation attach blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cidfile
	cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems
	device device-cgroup-rule device-read-bps device-read-iops device-write-bps device-write-iops dns dns-opt
	dns-option dns-search domainname entrypoint env env-file expose gpus group-add health-cmd health-interval
	health-retries health-start-interval health-start-period health-timeout hostname io-maxbandwidth io-maxiops ip
	ip6 ipc isolation kernel-memory label label-file link link-local-ip log-driver log-opt mac-address memory
	memory-reservation memory-swap memory-swappiness mount name net net-alias network network-alias oom-score-adj
	pid pids-limit platform publish pull restart runtime security-opt shm-size stop-signal stop-timeout storage-opt
	sysctl tmpfs ulimit user userns uts volume volume-driver volumes-from workdir
`;
const createShort = {
	...{a: 'attach', c: 'cpu-shares', e: 'env', h: 'hostname', i: 'interactive', l: 'label', m: 'memory'},
	...{p: 'publish', P: 'publish-all', q: 'quiet', t: 'tty', u: 'user', v: 'volume', w: 'workdir'},
};

/** Flags of `docker` itself, before the command. */
export const globalFlags = table(
	{
		alone: 'debug tls tlsverify version',
		valued: 'config context host log-level tlscacert tlscert tlskey',
		short: {D: 'debug', H: 'host', c: 'context', l: 'log-level', v: 'version'},
	},
	{interspersed: false},
);

/** Flags between a management command and its sub-command: `docker buildx --builder x build`. */
export const groupFlags: Readonly<Record<string, FlagTable>> = {
	buildx: table({alone: 'debug', valued: 'builder', short: {D: 'debug'}}, {interspersed: false}),
	compose: table(
		{
			alone: 'all-resources compatibility dry-run verbose version',
			valued: 'ansi env-file file parallel profile progress project-directory project-name workdir',
			short: {f: 'file', p: 'project-name', v: 'version'},
		},
		{interspersed: false},
	),
};

/**
 * The flags of the commands that are read closely, by verb: those of the CLIs 20.10, 26 and 28 with buildx together,
 * and those that `--help` hides (`docker run --net`, `docker build --squash`).
 */
export const flagTables: Readonly<Record<string, FlagTable>> = {
	run: table(
		{
			alone: `${createAlone} detach sig-proxy`,
			valued: `${createValued} detach-keys`,
			short: {...createShort, d: 'detach'},
		},
		{interspersed: false},
	),
	create: table({alone: createAlone, valued: createValued, short: createShort}, {interspersed: false}),
	exec: table(
		{
			alone: 'detach interactive privileged tty',
			valued: 'detach-keys env env-file user workdir',
			short: {d: 'detach', e: 'env', i: 'interactive', t: 'tty', u: 'user', w: 'workdir'},
		},
		{interspersed: false},
	),
	build: table({
		alone: `
			check compress debug disable-content-trust force-rm load no-cache pull push quiet rm squash stream
		`,
		valued: `
			add-host allow annotation attest build-arg build-context builder cache-from cache-to call cgroup-parent
			cpu-period cpu-quota cpu-shares cpuset-cpus cpuset-mems file iidfile isolation label memory memory-swap
			metadata-file network no-cache-filter output platform progress provenance sbom secret security-opt
			shm-size ssh tag target ulimit
		`,
		short: {
			...{D: 'debug', c: 'cpu-shares', f: 'file', m: 'memory', o: 'output', q: 'quiet', t: 'tag'},
		},
	}),
	'buildx bake': table({
		alone: 'check debug load no-cache print pull push',
		valued: 'allow builder call file list metadata-file progress provenance sbom set var',
		short: {D: 'debug', f: 'file'},
	}),
	commit: table({
		alone: 'no-pause pause',
		valued: 'author change message',
		short: {a: 'author', c: 'change', m: 'message', p: 'pause'},
	}),
	import: table({valued: 'change message platform', short: {c: 'change', m: 'message'}}),
	load: table({alone: 'quiet', valued: 'input platform', short: {i: 'input', q: 'quiet'}}),
	save: table({valued: 'output platform', short: {o: 'output'}}),
	export: table({valued: 'output', short: {o: 'output'}}),
	cp: table({
		alone: 'archive follow-link quiet',
		short: {L: 'follow-link', a: 'archive', q: 'quiet'},
	}),
	tag: table({}),
	pull: table({
		alone: 'all-tags disable-content-trust quiet',
		valued: 'platform',
		short: {a: 'all-tags', q: 'quiet'},
	}),
	'volume create': table({
		alone: '',
		valued: `
			availability driver group label limit-bytes name opt required-bytes scope secret sharing topology-preferred
			topology-required type
		`,
		short: {d: 'driver', o: 'opt'},
	}),
	'network create': table({
		alone: 'attachable config-only ingress internal ipv4 ipv6',
		valued: 'aux-address config-from driver gateway ip-range ipam-driver ipam-opt label opt scope subnet',
		short: {d: 'driver', o: 'opt'},
	}),
	start: table({
		alone: 'attach interactive',
		valued: 'checkpoint checkpoint-dir detach-keys',
		short: {a: 'attach', i: 'interactive'},
	}),
	stop: table({valued: 'signal time timeout', short: {s: 'signal', t: 'timeout'}}),
	restart: table({valued: 'signal time timeout', short: {s: 'signal', t: 'timeout'}}),
	kill: table({valued: 'signal', short: {s: 'signal'}}),
	pause: table({}),
	unpause: table({}),
	rm: table({
		alone: 'force link volumes',
		short: {f: 'force', l: 'link', v: 'volumes'},
	}),
	'compose exec': table(
		{
			alone: 'detach interactive no-tty no-TTY privileged tty',
			valued: 'env index user workdir',
			short: {T: 'no-tty', d: 'detach', e: 'env', i: 'interactive', t: 'tty', u: 'user', w: 'workdir'},
		},
		{interspersed: false},
	),
	'compose run': table(
		{
			alone: `
				build detach interactive no-TTY no-deps no-tty quiet quiet-build quiet-pull remove-orphans rm
				service-ports tty use-aliases
			`,
			valued: 'cap-add cap-drop entrypoint env env-from-file label name publish pull user volume workdir',
			short: {
				...{P: 'service-ports', T: 'no-tty', d: 'detach', e: 'env', i: 'interactive', l: 'label'},
				...{p: 'publish', q: 'quiet', t: 'tty', u: 'user', v: 'volume', w: 'workdir'},
			},
		},
		{interspersed: false},
	),
};
