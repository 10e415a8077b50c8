import type {FlagTable} from './read-flags.js';

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
