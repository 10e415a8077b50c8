import {readFileSync} from 'node:fs';
import process from 'node:process';

/**
 * Whether a process of this machine runs. A number that the system has given to another one since counts too; one that
 * has ended and only was not waited for does not: in a container without an init that may never come.
 */
export const isAlive = (pid: number): boolean => {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return !isZombie(pid);
	} catch (error) {
		// EPERM: it lives and belongs to somebody else.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
};

/** By Linux's own word (proc_pid_stat(5)): the state follows the name in brackets, which may hold any character. */
const isZombie = (pid: number): boolean => {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
		return /^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1));
	} catch {
		return false;
	}
};
