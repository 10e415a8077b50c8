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

/** What is known about a verb of `docker`. */
export type Verb = {
	/** What it leaves: `none`: nothing that clean-up has to remove; `noted`: what the ledger notes. */
	traces: 'none' | 'noted' | 'unknown';
	/** It changes nothing, and its output can't be made up. */
	isReadOnly?: true;
	/** Its flags, if they are read. */
	flags?: FlagTable;
	/** Flags whose effect on the container can't be told by reading. */
	unclearFlags?: ReadonlySet<string>;
};

const list = (words: string): string[] => words.split(/\s+/).filter(Boolean);

/** `alone` and `valued`: long names. `short`: long names by letter. */
const table = ({
	alone = '',
	valued = '',
	short = {},
	interspersed = true,
}: {
	alone?: string;
	valued?: string;
	short?: Record<string, string>;
	interspersed?: boolean;
}): FlagTable => ({
	alone: new Set([...list(alone), 'help']),
	valued: new Set(list(valued)),
	short,
	interspersed,
});

/** Flags of `docker` itself, before the command. */
export const globalFlags = table({
	alone: 'debug tls tlsverify version',
	valued: 'config context host log-level tlscacert tlscert tlskey',
	short: {D: 'debug', H: 'host', c: 'context', l: 'log-level', v: 'version'},
	interspersed: false,
});

/** Flags between a management command and its sub-command: `docker buildx --builder x build`. */
const groupFlags: Readonly<Record<string, FlagTable>> = {
	buildx: table({alone: 'debug', valued: 'builder', short: {D: 'debug'}, interspersed: false}),
	compose: table({
		alone: 'all-resources compatibility dry-run verbose version',
		valued: 'ansi env-file file parallel profile progress project-directory project-name workdir',
		short: {f: 'file', p: 'project-name', v: 'version'},
		interspersed: false,
	}),
};

/** Management commands, whose next word says what is done, and the flags in front of that word. */
export const groups: ReadonlyMap<string, FlagTable> = new Map(
	list(`
		builder buildx checkpoint compose config container context image manifest model network node plugin scout
		secret service stack swarm system trust volume
	`).map(name => [name, groupFlags[name] ?? table({interspersed: false})]),
);

const unclearFlags = `
	blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cpu-count cpu-percent cpu-rt-period
	cpu-rt-runtime device device-cgroup-rule device-read-bps device-read-iops device-write-bps
	device-write-iops dns-opt env-file gpus group-add health-cmd health-interval health-retries
	health-start-interval health-start-period health-timeout io-maxbandwidth io-maxiops ip ip6 ipc isolation
	kernel-memory link link-local-ip mac-address memory-swappiness mount net-alias pid platform runtime
	security-opt storage-opt sysctl ulimit userns volume-driver volumes-from
`;
const createFlags = {
	alone: `
		disable-content-trust init interactive no-healthcheck oom-kill-disable privileged publish-all quiet read-only
		rm tty use-api-socket
	`,
	valued: `
		${unclearFlags}
		add-host annotation attach blkio-weight cidfile cpu-period cpu-quota cpu-shares cpus cpuset-cpus
		cpuset-mems dns dns-option dns-search domainname entrypoint env expose hostname label label-file
		log-driver log-opt memory memory-reservation memory-swap name net network network-alias oom-score-adj
		pids-limit publish pull restart shm-size stop-signal stop-timeout tmpfs user uts volume workdir
	`,
	short: {
		...{a: 'attach', c: 'cpu-shares', e: 'env', h: 'hostname', i: 'interactive', l: 'label', m: 'memory'},
		...{p: 'publish', P: 'publish-all', q: 'quiet', t: 'tty', u: 'user', v: 'volume', w: 'workdir'},
	},
	interspersed: false,
};

/** Verbs whose flags are not read. `names`: separated by commas. */
const verbsWith = (verb: Verb, names: string): Record<string, Verb> =>
	Object.fromEntries(names.split(',').map(name => [name.trim().replace(/\s+/g, ' '), verb]));

/**
 * The verbs of `docker`. Flags are those of the CLIs 20.10, 26 and 28 with buildx together, and those that `--help`
 * hides (`docker run --net`, `docker build --squash`).
 */
export const verbs: Readonly<Record<string, Verb>> = {
	'': {traces: 'none', isReadOnly: true},
	...verbsWith(
		{traces: 'none', isReadOnly: true},
		`container inspect, diff, events, help, history, image inspect, image ls, info, inspect, network inspect,
		network ls, search, stats, system df, top, version`,
	),
	...verbsWith(
		{traces: 'none'},
		`attach, builder, builder prune, buildx, buildx du, buildx history, buildx imagetools, buildx inspect,
		buildx ls, buildx prune, buildx version, compose config, compose version, container, container prune,
		context, context inspect, context ls, context show, image, image prune, manifest inspect, network,
		network prune, system, system events, system info, system prune, trust inspect, update, volume,
		volume inspect, volume ls, volume prune, volume rm, wait`,
	),
	run: {
		traces: 'noted',
		flags: table({
			...createFlags,
			alone: `${createFlags.alone} detach sig-proxy`,
			valued: `${createFlags.valued} detach-keys`,
			short: {...createFlags.short, d: 'detach'},
		}),
		unclearFlags: new Set(list(unclearFlags)),
	},
	create: {traces: 'noted', flags: table(createFlags), unclearFlags: new Set(list(unclearFlags))},
	exec: {
		traces: 'none',
		flags: table({
			alone: 'detach interactive privileged tty',
			valued: 'detach-keys env env-file user workdir',
			short: {d: 'detach', e: 'env', i: 'interactive', t: 'tty', u: 'user', w: 'workdir'},
			interspersed: false,
		}),
	},
	build: {
		traces: 'noted',
		flags: table({
			alone:
				'check compress debug disable-content-trust force-rm load no-cache pull push quiet rm squash stream',
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
	},
	'buildx bake': {
		traces: 'noted',
		flags: table({
			alone: 'check debug load no-cache print pull push',
			valued: 'allow builder call file list metadata-file progress provenance sbom set var',
			short: {D: 'debug', f: 'file'},
		}),
	},
	commit: {
		traces: 'noted',
		flags: table({
			alone: 'no-pause pause',
			valued: 'author change message',
			short: {a: 'author', c: 'change', m: 'message', p: 'pause'},
		}),
	},
	import: {
		traces: 'noted',
		flags: table({valued: 'change message platform', short: {c: 'change', m: 'message'}}),
	},
	load: {
		traces: 'noted',
		flags: table({alone: 'quiet', valued: 'input platform', short: {i: 'input', q: 'quiet'}}),
	},
	save: {traces: 'noted', flags: table({valued: 'output platform', short: {o: 'output'}})},
	export: {traces: 'noted', flags: table({valued: 'output', short: {o: 'output'}})},
	cp: {
		traces: 'noted',
		flags: table({
			alone: 'archive follow-link quiet',
			short: {L: 'follow-link', a: 'archive', q: 'quiet'},
		}),
	},
	tag: {traces: 'noted', flags: table({})},
	pull: {
		traces: 'noted',
		flags: table({
			alone: 'all-tags disable-content-trust quiet',
			valued: 'platform',
			short: {a: 'all-tags', q: 'quiet'},
		}),
	},
	'image rm': {
		traces: 'none',
		flags: table({alone: 'force no-prune', valued: 'platform', short: {f: 'force'}}),
	},
	'volume create': {
		traces: 'noted',
		flags: table({
			valued: `
				availability driver group label limit-bytes name opt required-bytes scope secret sharing
				topology-preferred topology-required type
			`,
			short: {d: 'driver', o: 'opt'},
		}),
	},
	'network create': {
		traces: 'noted',
		flags: table({
			alone: 'attachable config-only ingress internal ipv4 ipv6',
			valued: 'aux-address config-from driver gateway ip-range ipam-driver ipam-opt label opt scope subnet',
			short: {d: 'driver', o: 'opt'},
		}),
	},
	'network connect': {
		traces: 'none',
		flags: table({valued: 'alias driver-opt gw-priority ip ip6 link link-local-ip'}),
	},
	'network disconnect': {traces: 'none', flags: table({alone: 'force', short: {f: 'force'}})},
	'network rm': {traces: 'none', flags: table({alone: 'force', short: {f: 'force'}})},
	ps: {
		traces: 'none',
		flags: table({
			alone: 'all latest no-trunc quiet size',
			valued: 'filter format last',
			short: {a: 'all', f: 'filter', l: 'latest', n: 'last', q: 'quiet', s: 'size'},
		}),
	},
	port: {traces: 'none', flags: table({})},
	logs: {
		traces: 'none',
		flags: table({
			alone: 'details follow timestamps',
			valued: 'since tail until',
			short: {f: 'follow', n: 'tail', t: 'timestamps'},
		}),
	},
	rename: {traces: 'none', flags: table({})},
	start: {
		traces: 'none',
		flags: table({
			alone: 'attach interactive',
			valued: 'checkpoint checkpoint-dir detach-keys',
			short: {a: 'attach', i: 'interactive'},
		}),
	},
	...verbsWith(
		{
			traces: 'none',
			flags: table({valued: 'signal time timeout', short: {s: 'signal', t: 'timeout'}}),
		},
		'stop, restart',
	),
	kill: {traces: 'none', flags: table({valued: 'signal', short: {s: 'signal'}})},
	...verbsWith({traces: 'none', flags: table({})}, 'pause, unpause'),
	rm: {
		traces: 'none',
		flags: table({alone: 'force link volumes', short: {f: 'force', l: 'link', v: 'volumes'}}),
	},
	'compose exec': {
		traces: 'unknown',
		flags: table({
			alone: 'detach interactive no-tty no-TTY privileged tty',
			valued: 'env index user workdir',
			short: {T: 'no-tty', d: 'detach', e: 'env', i: 'interactive', t: 'tty', u: 'user', w: 'workdir'},
			interspersed: false,
		}),
	},
	'compose run': {
		traces: 'unknown',
		flags: table({
			alone: `
				build detach interactive no-TTY no-deps no-tty quiet quiet-build quiet-pull remove-orphans rm
				service-ports tty use-aliases
			`,
			valued: 'cap-add cap-drop entrypoint env env-from-file label name publish pull user volume workdir',
			short: {
				...{P: 'service-ports', T: 'no-tty', d: 'detach', e: 'env', i: 'interactive', l: 'label'},
				...{p: 'publish', q: 'quiet', t: 'tty', u: 'user', v: 'volume', w: 'workdir'},
			},
			interspersed: false,
		}),
	},
};
