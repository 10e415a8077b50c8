import process from 'node:process';
import {execaSync} from 'execa';
import {inheritedEnvironment} from './inherited-environment.js';
import {findProgram} from './locate-program.js';

/**
 * Sends a signal to a process that leads a group of its own, and to all its descendants in that group; to the process
 * alone when it leads none. Windows knows neither groups nor polite signals: there `taskkill` ends the tree, before
 * this returns, because a program that is exiting waits for nothing.
 */
export const endProcessTree = (
	{pid, isLeader}: {pid: number; isLeader: boolean},
	signal: 'SIGTERM' | 'SIGKILL',
): void => {
	if (process.platform === 'win32') {
		const program = findProgram('taskkill', inheritedEnvironment());
		if (program !== null) execaSync(program, ['/PID', String(pid), '/T', '/F'], {reject: false});
		return;
	}
	try {
		process.kill(isLeader ? -pid : pid, signal);
	} catch (error) {
		// ESRCH: it has ended by itself in the meantime. EPERM: what is left of it is not ours to end, or, on macOS, has
		// ended and was not waited for yet.
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (code !== 'ESRCH' && code !== 'EPERM') throw error;
	}
};
