import type {FlagTable} from './read-flags.js';

const list = (names: string): string[] => names.split(/\s+/).filter(Boolean);

/** Flags with a value that change nothing about which port is published and who listens there. */
export const harmless: ReadonlySet<string> = new Set(
	list(`
		add-host annotation attach blkio-weight cidfile cpu-period cpu-quota cpu-shares cpus cpuset-cpus
		cpuset-mems detach-keys dns dns-option dns-search domainname env label label-file log-opt memory
		memory-reservation memory-swap network-alias oom-score-adj pids-limit shm-size stop-signal stop-timeout
		tmpfs volume workdir
	`),
);

/** Flags whose value `simulateRun` understands. */
const understood = list(
	'entrypoint expose hostname log-driver name net network publish pull restart user uts',
);

/** Real flags of which nobody can tell by reading what they do to the container. */
const unclear = list(`
	blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cpu-rt-period cpu-rt-runtime device
	device-cgroup-rule device-read-bps device-read-iops device-write-bps device-write-iops env-file gpus
	group-add health-cmd health-interval health-retries health-start-interval health-start-period
	health-timeout ip ip6 ipc isolation kernel-memory link link-local-ip mac-address memory-swappiness mount
	pid platform runtime security-opt storage-opt sysctl ulimit userns volume-driver volumes-from
`);

const alone = list(`
	detach disable-content-trust help init interactive no-healthcheck oom-kill-disable privileged publish-all
	quiet read-only rm sig-proxy tty
`);

/** The flags of `docker run`, and of `docker create`. */
export const runFlags: FlagTable = {
	alone: new Set(alone),
	valued: new Set([...harmless, ...understood, ...unclear]),
	short: {
		a: 'attach',
		c: 'cpu-shares',
		d: 'detach',
		e: 'env',
		h: 'hostname',
		i: 'interactive',
		l: 'label',
		m: 'memory',
		p: 'publish',
		P: 'publish-all',
		q: 'quiet',
		t: 'tty',
		u: 'user',
		v: 'volume',
		w: 'workdir',
	},
};

/** The first flag of which nobody can tell by reading what it does; null when there is none. */
export const unclearFlag = (flags: Array<{name: string}>): string | null =>
	flags.find(({name}) => unclear.includes(name))?.name ?? null;
