import process from 'node:process';

/** Whether a process of this machine runs. A number that the system has given to another one since counts too. */
export const isAlive = (pid: number): boolean => {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it lives and belongs to somebody else.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
};
