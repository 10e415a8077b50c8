/** The flags of a command. */
export type FlagTable = {
	/** Long names of flags without a value. */
	alone: ReadonlySet<string>;
	/** Long names of flags with a value. */
	valued: ReadonlySet<string>;
	/** Long names by short letter. */
	short: Readonly<Record<string, string>>;
	/** Whether flags may follow operands: `docker build` allows it; in `docker run`, the first operand ends the flags. */
	interspersed: boolean;
};

/** What is known about a verb of `docker`. */
export type Verb = {
	/** What it leaves behind. `none`: nothing for clean-up to remove. `noted`: only what the ledger records. */
	traces: 'none' | 'noted' | 'unknown';
	/** Set if it changes nothing, and its output can't be simulated. */
	isReadOnly?: true;
	/** Its flags, if they are parsed. */
	flags?: FlagTable;
};

const list = (words: string): string[] => words.split(/\s+/).filter(Boolean);

/** Creates a flag table from long names of flags without and with a value, each after its letter, if any: `t/tty`. */
const table = (alone = '', valued = '', operands: 'among flags' | 'end flags' = 'among flags'): FlagTable => {
	const nameOf = (flag: string): string => flag.replace(/^.\//, '');
	return {
		alone: new Set([...list(alone).map(nameOf), 'help']),
		valued: new Set(list(valued).map(nameOf)),
		short: Object.fromEntries(
			list(`${alone} ${valued}`).flatMap(flag => (flag[1] === '/' ? [[flag[0] ?? '', flag.slice(2)]] : [])),
		),
		interspersed: operands === 'among flags',
	};
};

/** Flags of `docker` itself, before the command. */
export const globalFlags = table(
	'D/debug tls tlsverify v/version',
	'config c/context H/host l/log-level tlscacert tlscert tlskey',
	'end flags',
);

/** Flags between a management command and its subcommand: `docker buildx --builder x build`. */
const groupFlags: Readonly<Record<string, FlagTable>> = {
	buildx: table('D/debug', 'builder', 'end flags'),
	compose: table(
		'all-resources compatibility dry-run verbose v/version',
		'ansi env-file f/file parallel profile progress project-directory p/project-name workdir',
		'end flags',
	),
};

/** Management commands, whose next word is the subcommand, and the flags before that word. */
export const groups: ReadonlyMap<string, FlagTable> = new Map(
	list(`
		builder buildx checkpoint compose config container context image manifest model network node plugin scout
		secret service stack swarm system trust volume
	`).map(name => [name, groupFlags[name] ?? table('', '', 'end flags')]),
);

/** Flags of `docker run` and `docker create` whose effect on the container can't be simulated. */
export const unclearFlags: ReadonlySet<string> = new Set(
	list(`
	blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cpu-count cpu-percent cpu-rt-period
	cpu-rt-runtime device device-cgroup-rule device-read-bps device-read-iops device-write-bps
	device-write-iops dns-opt env-file gpus group-add health-cmd health-interval health-retries
	health-start-interval health-start-period health-timeout io-maxbandwidth io-maxiops ip ip6 ipc isolation
	kernel-memory link link-local-ip mac-address memory-swappiness mount net-alias pid platform runtime
	security-opt storage-opt sysctl ulimit userns volume-driver volumes-from
`),
);
const createAlone = `
	disable-content-trust init i/interactive no-healthcheck oom-kill-disable privileged P/publish-all q/quiet
	read-only rm t/tty use-api-socket
`;
const createValued = `
	${[...unclearFlags].join(' ')}
	add-host annotation a/attach blkio-weight cidfile cpu-period cpu-quota c/cpu-shares cpus cpuset-cpus
	cpuset-mems dns dns-option dns-search domainname entrypoint e/env expose h/hostname l/label label-file
	log-driver log-opt m/memory memory-reservation memory-swap name net network network-alias oom-score-adj
	pids-limit p/publish pull restart shm-size stop-signal stop-timeout tmpfs u/user uts v/volume w/workdir
`;

/** Gives several verbs the same properties. `names`: separated by commas. */
const verbsWith = (verb: Verb, names: string): Record<string, Verb> =>
	Object.fromEntries(names.split(',').map(name => [name.trim().replace(/\s+/g, ' '), verb]));

const none = (...flags: Parameters<typeof table>): Verb => ({traces: 'none', flags: table(...flags)});
const noted = (...flags: Parameters<typeof table>): Verb => ({traces: 'noted', flags: table(...flags)});
const unknown = (...flags: Parameters<typeof table>): Verb => ({traces: 'unknown', flags: table(...flags)});

/**
 * The verbs of `docker`. Flags are those of the CLIs 20.10, 26 and 28 and of buildx combined, including those hidden
 * from `--help` (`docker run --net`, `docker build --squash`).
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
	run: noted(`${createAlone} d/detach sig-proxy`, `${createValued} detach-keys`, 'end flags'),
	create: noted(createAlone, createValued, 'end flags'),
	exec: none(
		'd/detach i/interactive privileged t/tty',
		'detach-keys e/env env-file u/user w/workdir',
		'end flags',
	),
	build: noted(
		`check compress D/debug disable-content-trust force-rm load no-cache pull push q/quiet rm squash stream`,
		`
			add-host allow annotation attest build-arg build-context builder cache-from cache-to call cgroup-parent
			cpu-period cpu-quota c/cpu-shares cpuset-cpus cpuset-mems f/file iidfile isolation label m/memory
			memory-swap metadata-file network no-cache-filter o/output platform progress provenance sbom secret
			security-opt shm-size ssh t/tag target ulimit
		`,
	),
	'buildx bake': noted(
		'check D/debug load no-cache print pull push',
		'allow builder call f/file list metadata-file progress provenance sbom set var',
	),
	'compose build': noted(
		'check compress dry-run force-rm no-cache no-rm print pull push q/quiet with-dependencies',
		'build-arg builder m/memory parallel progress provenance sbom ssh',
	),
	commit: noted('no-pause p/pause', 'a/author c/change m/message'),
	import: noted('', 'c/change m/message platform'),
	load: noted('q/quiet', 'i/input platform'),
	save: noted('', 'o/output platform'),
	export: noted('', 'o/output'),
	cp: noted('a/archive L/follow-link q/quiet'),
	tag: noted(),
	pull: noted('a/all-tags disable-content-trust q/quiet', 'platform'),
	'image rm': none('f/force no-prune', 'platform'),
	'volume create': noted(
		'',
		`
			availability d/driver group label limit-bytes name o/opt required-bytes scope secret sharing
			topology-preferred topology-required type
		`,
	),
	'network create': noted(
		'attachable config-only ingress internal ipv4 ipv6',
		'aux-address config-from d/driver gateway ip-range ipam-driver ipam-opt label o/opt scope subnet',
	),
	'network connect': none('', 'alias driver-opt gw-priority ip ip6 link link-local-ip'),
	'network disconnect': none('f/force'),
	'network rm': none('f/force'),
	ps: none('a/all l/latest no-trunc q/quiet s/size', 'f/filter format n/last'),
	port: none(),
	logs: none('details f/follow t/timestamps', 'since n/tail until'),
	rename: none(),
	start: none('a/attach i/interactive', 'checkpoint checkpoint-dir detach-keys'),
	stop: none('', 's/signal time t/timeout'),
	restart: none('', 's/signal time t/timeout'),
	kill: none('', 's/signal'),
	pause: none(),
	unpause: none(),
	rm: none('f/force l/link v/volumes'),
	'compose exec': unknown(
		'd/detach i/interactive T/no-tty no-TTY privileged t/tty',
		'e/env index u/user w/workdir',
		'end flags',
	),
	'compose run': unknown(
		`
			build d/detach i/interactive no-TTY no-deps T/no-tty q/quiet quiet-build quiet-pull remove-orphans rm
			P/service-ports t/tty use-aliases
		`,
		'cap-add cap-drop entrypoint e/env env-from-file l/label name p/publish pull u/user v/volume w/workdir',
		'end flags',
	),
};
