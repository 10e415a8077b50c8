import type {Outcome, RunEvent, Runner, RunRequest} from '../../../source/session/ports.js';

type Stream = 'stdout' | 'stderr';

/** The output and the end of a command. */
export type Script = {
	/** `at`: milliseconds since the run started. */
	prints?: Array<{text: string | Uint8Array; stream?: Stream; at?: number}>;
	/** An exit code or another outcome. Default: 0. */
	ends?: number | Outcome;
	/** The effects of the command, called before its end is reported. */
	does?: () => void;
};

/** A command that runs until a test ends it. */
export type HeldRun = {
	request: RunRequest;
	/** Whether it was asked to end, and whether it was killed. */
	isCancelled(): boolean;
	isKilled(): boolean;
	print(text: string, stream?: Stream, at?: number): void;
	/** Ends it at once, with the output and effects of a script. */
	end(script?: Script): void;
};

export type FakeRunner = Runner & {
	/** All started commands, oldest first. */
	started: RunRequest[];
	/**
	 * Makes the next command run until the test ends it. `isStubborn`: it ends only when killed, like a program that
	 * ignores SIGTERM.
	 */
	hold(options?: {isStubborn?: boolean}): Promise<HeldRun>;
};

/** Creates a runner that runs scripts without delay, in order. `scriptFor`: returns null for a missing program. */
export const createFakeRunner = (
	scriptFor: (request: RunRequest) => Script | null,
	onEvent: (request: RunRequest, event: RunEvent) => void = () => {},
): FakeRunner => {
	const started: RunRequest[] = [];
	const active = new Map<string, () => void>();
	let waiting: {isStubborn: boolean; begin(run: HeldRun): void} | null = null;
	return {
		started,
		kill: runId => active.get(runId)?.(),
		hold: ({isStubborn = false} = {}) =>
			new Promise(resolve => {
				waiting = {isStubborn, begin: resolve};
			}),
		start(request, listener, signal) {
			started.push(request);
			const tell = (event: RunEvent): void => {
				onEvent(request, event);
				listener(event);
			};
			const run = createRun(request, tell, signal);
			active.set(request.runId, run.kill);
			const held = waiting;
			waiting = null;
			tell({type: 'started'});
			if (held) {
				if (!held.isStubborn) signal.addEventListener('abort', run.cancel, {once: true});
				held.begin(run.held);
				return;
			}
			// As with other runners, events come after `start` has returned.
			queueMicrotask(() => {
				if (signal.aborted) return run.cancel();
				const script = scriptFor(request);
				if (script) run.held.end(script);
				else run.held.end({ends: notThere(request)});
			});
		},
	};
};

const notThere = ({argv}: RunRequest): Outcome => ({
	ended: 'could-not-start',
	message: `The program \`${argv[0]}\` is not installed or not on the PATH.`,
	seconds: 0,
});

const createRun = (request: RunRequest, tell: (event: RunEvent) => void, signal: AbortSignal) => {
	let latest = 0;
	let isOver = false;
	let isKilled = false;
	const end = (outcome: Outcome): void => {
		if (isOver) return;
		isOver = true;
		tell({type: 'ended', outcome});
	};
	const cancel = () => end({ended: 'cancelled', seconds: latest / 1000});
	const held: HeldRun = {
		request,
		isCancelled: () => signal.aborted,
		isKilled: () => isKilled,
		print(text, stream = 'stdout', at = latest) {
			latest = Math.max(latest, at);
			tell({type: 'output', stream, bytes: Buffer.from(text), at: latest});
		},
		end({prints = [], ends = 0, does} = {}) {
			for (const {text, stream = 'stdout', at = latest} of prints) {
				latest = Math.max(latest, at);
				tell({
					type: 'output',
					stream,
					bytes: typeof text === 'string' ? Buffer.from(text) : text,
					at: latest,
				});
			}
			does?.();
			end(typeof ends === 'number' ? {ended: 'exited', exitCode: ends, seconds: latest / 1000} : ends);
		},
	};
	const kill = () => {
		isKilled = true;
		cancel();
	};
	return {held, cancel, kill};
};
