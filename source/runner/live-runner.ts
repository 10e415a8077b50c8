import {closeSync, existsSync, openSync, readSync} from 'node:fs';
import {execa} from 'execa';
import {messages} from '../messages/index.js';
import type {Outcome, RunEvent, Runner, RunRequest} from '../session/ports.js';
import {locateProgram, signalProcessTree} from '../system/processes.js';
import {describeError} from '../text/wording.js';

/** The files of one run's output, which the child writes and the program follows. */
export type TranscriptFiles = {
	stdout: {path: string; descriptor: number};
	stderr: {path: string; descriptor: number};
	/** Records which process writes them. */
	started(pid: number): void;
	/** Why there is no room for more output, as a sentence; null if there is. */
	shortage(): string | null;
	/** Closes the descriptors, once no process writes any more. */
	close(): void;
};

/** Milliseconds between SIGTERM and SIGKILL for a cancelled run. */
const killDelayMs = 3000;

type Active = {pid: number; isLeader: boolean};

/**
 * Runs commands as argument arrays without a shell. Unless they need the terminal, stdin is closed and each leads its
 * own process group; their output goes to files from `openTranscript`, so that no reader blocks them.
 */
export const createLiveRunner = (
	openTranscript: (request: RunRequest) => TranscriptFiles,
): Runner & {/** Kills all running commands, before the program exits. */ killAll(): void} => {
	const active = new Map<string, Active>();
	const kill = (runId: string) => {
		const run = active.get(runId);
		if (run) signalProcessTree(run, 'SIGKILL');
	};
	return {
		start(request, onEvent, signal) {
			void run(request, onEvent, signal, openTranscript, active);
		},
		kill,
		killAll() {
			for (const runId of active.keys()) kill(runId);
		},
	};
};

const run = async (
	request: RunRequest,
	onEvent: (event: RunEvent) => void,
	signal: AbortSignal,
	openTranscript: (request: RunRequest) => TranscriptFiles,
	active: Map<string, Active>,
): Promise<void> => {
	const startedAt = performance.now();
	const seconds = () => (performance.now() - startedAt) / 1000;
	const end = (outcome: Outcome) => onEvent({type: 'ended', outcome});
	const endUnstarted = (message: string) => end({ended: 'could-not-start', message, seconds: seconds()});
	const [program = '', ...args] = request.argv;
	let file: string;
	try {
		file = locateProgram(program, request.env, {cwd: request.cwd});
	} catch (error) {
		return endUnstarted(describeStartFailure(request, error));
	}
	let files: TranscriptFiles;
	try {
		files = openTranscript(request);
	} catch (error) {
		return endUnstarted(messages.runner.outputNotSaved(describeError(error)));
	}
	const onTerminal = request.onTerminal ?? false;
	// Only the terminal's foreground process group may read from it.
	const isLeader = process.platform !== 'win32' && !onTerminal;
	const child = execa(file, args, {
		cwd: request.cwd,
		env: request.env,
		extendEnv: false,
		stdin: onTerminal ? 'inherit' : 'ignore',
		// execa's types allow only the standard descriptors, but any open one works.
		stdout: onTerminal ? 'inherit' : (files.stdout.descriptor as 1),
		stderr: onTerminal ? 'inherit' : (files.stderr.descriptor as 2),
		buffer: false,
		detached: isLeader,
		reject: false,
		windowsHide: true,
		windowsVerbatimArguments: request.exact ?? false,
	});
	const own = child.pid === undefined ? null : {pid: child.pid, isLeader};
	if (own) {
		active.set(request.runId, own);
		files.started(own.pid);
	}
	onEvent({type: 'started'});
	const follow = (stream: 'stdout' | 'stderr') =>
		followFile(files[stream].path, bytes =>
			onEvent({type: 'output', stream, bytes, at: performance.now() - startedAt}),
		);
	const followers = [follow('stdout'), follow('stderr')];
	const undoCancel = own ? cancelOnAbort(own, signal) : () => {};
	const result = await child;
	undoCancel();
	active.delete(request.runId);
	// Kill the children that the command has left in its process group.
	if (own?.isLeader) signalProcessTree(own, 'SIGKILL');
	await Promise.all(followers.map(follower => follower.stop()));
	const shortage = files.shortage();
	files.close();
	if (!own) return endUnstarted(describeStartFailure(request, result.cause));
	if (signal.aborted) return end({ended: 'cancelled', seconds: seconds()});
	const exitCode = result.exitCode ?? 128;
	// Most programs that can't write fail; one that succeeded has printed everything.
	const unkept = exitCode !== 0 && shortage !== null ? {unkept: shortage} : {};
	end({ended: 'exited', exitCode, seconds: seconds(), ...unkept});
};

/** Sends SIGTERM on abort, then SIGKILL after a delay. Returns a function that undoes this. */
const cancelOnAbort = (own: Active, signal: AbortSignal): (() => void) => {
	let timer: NodeJS.Timeout | undefined;
	const cancel = () => {
		signalProcessTree(own, 'SIGTERM');
		timer = setTimeout(() => signalProcessTree(own, 'SIGKILL'), killDelayMs);
	};
	if (signal.aborted) cancel();
	else signal.addEventListener('abort', cancel, {once: true});
	return () => {
		signal.removeEventListener('abort', cancel);
		clearTimeout(timer);
	};
};

const describeStartFailure = ({argv: [program = ''], cwd}: RunRequest, cause: unknown): string => {
	const say = messages.runner;
	const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
	// The system reports both with the same code.
	if (code === 'ENOENT' && !existsSync(cwd)) return say.folderGone(cwd);
	if (code === 'ENOENT') return say.notInstalled(program);
	if (code === 'EACCES') return say.notExecutable(program);
	return say.notStarted(program, describeError(cause));
};

/** Milliseconds between reads of a growing file: well under one frame of the screen. */
const pollIntervalMs = 20;

/** Bytes per read. At most 16 reads at a time, so that a flood of output leaves time for keys. */
const chunkSize = 1024 * 1024;
const chunksPerLook = 16;

/**
 * Reads a file while another process writes it, so that the reader never blocks the writer. `stop` resolves once
 * everything written by then has been passed on. The bytes are valid until `onBytes` returns: the buffer is reused, so
 * that a flood leaves no garbage.
 */
const followFile = (file: string, onBytes: (bytes: Uint8Array) => void): {stop(): Promise<void>} => {
	const descriptor = openSync(file, 'r');
	const buffer = new Uint8Array(chunkSize);
	let position = 0;
	const look = (): boolean => {
		for (let chunk = 0; chunk < chunksPerLook; chunk++) {
			const length = readSync(descriptor, buffer, 0, chunkSize, position);
			if (length === 0) return false;
			position += length;
			onBytes(buffer.subarray(0, length));
		}
		return true;
	};
	const timer = setInterval(look, pollIntervalMs);
	return {
		async stop() {
			clearInterval(timer);
			while (look()) await new Promise(setImmediate);
			closeSync(descriptor);
		},
	};
};
