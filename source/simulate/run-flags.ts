import {flagTables} from '../docker/flag-tables.js';

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
const understood: ReadonlySet<string> = new Set(
	list('entrypoint expose hostname log-driver name net network publish pull restart user uts'),
);

const valued = flagTables.run?.valued ?? new Set();

/** The first flag of which nobody can tell by reading what it does to the container; null when there is none. */
export const unclearFlag = (flags: ReadonlyArray<{name: string}>): string | null =>
	flags.find(({name}) => valued.has(name) && !harmless.has(name) && !understood.has(name))?.name ?? null;
