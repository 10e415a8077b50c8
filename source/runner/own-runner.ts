import process from 'node:process';
import {execa} from 'execa';
import {messages} from '../messages/index.js';
import type {Outcome, RunEvent, RunRequest} from '../session/ports.js';
import {locateProgram, signalProcessTree} from '../system/processes.js';
import {describeError} from '../text/wording.js';

/** A command that was started. */
export type OwnRun = {
	/** Asks it to end, as ctrl-c does; the second time, ends it by force. */
	interrupt(): void;
};

/**
 * Starts a command of the user's own, as a shell would: it reads this program's input unless that is a terminal, it
 * ends by ctrl-c as it sees fit, and its exit code is kept. `onEvent`: the last event is always `ended`.
 */
export const startOwnCommand = (
	{argv: [program = '', ...args], cwd, env}: RunRequest,
	onEvent: (event: RunEvent) => void,
): OwnRun => {
	const startedAt = performance.now();
	const since = () => performance.now() - startedAt;
	const end = (outcome: Outcome) => onEvent({type: 'ended', outcome});
	// In a group of its own, so that what it has started ends with it. Windows has no groups.
	const isLeader = process.platform !== 'win32';
	const child = execa(locateProgram(program, env, {cwd}), args, {
		...{cwd, env, extendEnv: false, reject: false, buffer: false, windowsHide: true},
		stdin: process.stdin.isTTY ? 'ignore' : 'inherit',
		detached: isLeader,
	});
	onEvent({type: 'started'});
	for (const stream of ['stdout', 'stderr'] as const)
		child[stream].on('data', (bytes: Uint8Array) => onEvent({type: 'output', stream, bytes, at: since()}));
	const {pid} = child;
	const kill = () => pid !== undefined && signalProcessTree({pid, isLeader}, 'SIGKILL');
	process.once('exit', kill);
	void child.then(result => {
		process.off('exit', kill);
		const seconds = since() / 1000;
		if (pid === undefined)
			return end({
				ended: 'could-not-start',
				message: messages.runner.notStarted(program, describeError(result.cause)),
				seconds,
			});
		end({ended: 'exited', exitCode: result.exitCode ?? 128, seconds});
	});
	let interrupts = 0;
	return {
		interrupt() {
			interrupts++;
			if (interrupts > 1 || process.platform === 'win32') kill();
			else if (pid !== undefined) signalProcessTree({pid, isLeader}, 'SIGINT');
		},
	};
};
