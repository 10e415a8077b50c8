import type {Fact, Verdict} from '../checks/model.js';
import type {CleanupPreview, CleanupResult, EngineObjects, ImageSnapshot} from '../ownership/ledger.js';
import type {DockerCli} from '../stages/builders.js';
import type {Builder, BuildFormat} from '../stages/model.js';
import type {Dialect, Overlay} from '../workshop/model.js';
import type {Progress} from './passed-steps.js';

/** One execution of a command, asked for. */
export type RunRequest = {
	runId: string;
	/** The step it belongs to; a replay finds its recording by it. */
	stepId: string | null;
	argv: string[];
	/** Passes the arguments to the program verbatim, without quoting them. Matters on Windows alone. */
	exact?: boolean;
	/** It gets the terminal itself, and its output can't be read. */
	onTerminal?: boolean;
	cwd: string;
	/** The whole environment, not additions to it. */
	env: Record<string, string>;
	/** Null for commands that are no build. */
	builder: Builder | null;
	/** Null for commands that are no build. */
	format: BuildFormat | null;
};

/** How a run ended. A learner's failing command is an outcome, not an error. */
export type Outcome =
	/** `unkept`: one sentence, when the disk had no room for all of its output. */
	| {ended: 'exited'; exitCode: number; seconds: number; unkept?: string}
	| {ended: 'cancelled'; seconds: number}
	| {ended: 'could-not-start'; message: string; seconds: number}
	/** In a recording: the command was simulated. */
	| {ended: 'read'; seconds: 0};

/** `at`: milliseconds since the run started. `bytes` are valid until the listener returns: copy them to keep them. */
export type RunEvent =
	| {type: 'started'}
	| {type: 'output'; stream: 'stdout' | 'stderr'; bytes: Uint8Array; at: number}
	| {type: 'ended'; outcome: Outcome};

/**
 * Runs commands: live, or by playing recordings. Aborting `signal` cancels: politely first, by force after 3 s or
 * when it is aborted with the reason `'kill'` by a second call of `kill`. Always ends with one `ended` event.
 */
export type Runner = {
	start(request: RunRequest, onEvent: (event: RunEvent) => void, signal: AbortSignal): void;
	/** Ends a run by force, at once. */
	kill(runId: string): void;
};

/** What a line would have done on an engine. */
export type SimulatedResult = {
	/** For the learner: sentences, and among them what Docker would print. */
	lines: string[];
	exitCode: number;
	stdout: string;
	stderr: string;
	/** Milliseconds since 1970, by the clock of the simulated engine. */
	endedAt: number;
};

/** What only a recording can do. */
export type Replay = {
	/** Simulates a typed line, which changes the facts of the challenge. `folder`: absolute. */
	read(line: string, options: {stepId: string; dialect: Dialect; folder: string}): SimulatedResult;
	/** The shipped solution or attempt that equals the learner's answer; null for any other. `judged`: its simulated verdict. */
	knownAnswer(stepId: string, judged: Verdict): Overlay | null;
	/** The engines that were recorded: `26`, `20`. */
	engines: string[];
	/** Plays the next of them from now on. */
	nextEngine(): void;
	/** Sets how many times as fast as recorded it plays. */
	setPace(times: number): void;
	/** Ends what plays now at once. */
	skipToEnd(): void;
};

export type EngineIdentity = {
	/** The key of ledgers: the daemon's own ID where it has one. */
	id: string;
	/** `26.1.5` */
	version: string;
	/** The context in force: `default` too where `DOCKER_HOST` names the engine. */
	context: string;
	/** Keeps the docker command on this engine, whatever context is selected meanwhile. */
	environment: Record<string, string>;
	/** As the CLI names it: `unix:///var/run/docker.sock`. */
	endpoint: string;
	/** Whether it runs on this machine. */
	local: boolean;
	/** Where published ports are reached. */
	address: string;
	/** Set when this program runs in a container: published ports are then on the host of the container. */
	inContainer?: true;
	store: 'graphdriver' | 'containerd';
	/** The platform of the images that it runs: `linux/amd64`. Left out: unknown. */
	platform?: string;
	cli: DockerCli;
	/** Only of a replay: when it was recorded (ISO date), and whether the base images were stand-ins. */
	recorded: {date: string; standIn: boolean} | null;
};

/** Which facts a judge needs. They are read from the engine each time. */
export type FactScope = {
	/** For checks of ports: reads logs and HTTP answers, too. */
	probePorts: boolean;
	/** Probes only containers of these images, so no other server of the learner's is asked. Left out: all containers. */
	portImages?: string[];
	/** For clean-up: intermediate images, too. */
	allImages?: boolean;
	/** Only for a replay: the step whose recorded facts are wanted. */
	stepId: string | null;
};

export type Engine = {
	/** Rejects with a `UserError` when the engine or CLI can't be used. */
	identity(): Promise<EngineIdentity>;
	/** Never rejects: a failure is an `engine-gone` fact. */
	facts(scope: FactScope): Promise<Fact[]>;
	/** Rejects when the engine does not answer. */
	images(): Promise<ImageSnapshot>;
	/** Rejects when the engine does not answer. */
	things(): Promise<EngineObjects>;
	/** Calls back after container, image and network events, and after a lost connection is restored. */
	changes(onChange: () => void, signal: AbortSignal): void;
};

/** The output of runs, kept whole until newer ones need the room. */
export type Transcripts = {
	/** `running`: its command still writes, even if the program that started it has ended. */
	state(runId: string): 'running' | 'over' | 'missing';
	/** Hands over all of stdout, then all of stderr. */
	read(runId: string, onBytes: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void): Promise<void>;
};

export type ProgressStore = {
	/**
	 * `progress` is null on a first start. `problem`: one sentence when something was set aside or is read-only. `readOnly`:
	 * nothing of this session will be kept.
	 */
	load(): {progress: Progress | null; problem: string | null; readOnly: boolean};
	/** Writes atomically. Does nothing in a read-only second copy. Never throws: returns a problem as one sentence. */
	save(progress: Progress): string | null;
};

export type Cleaner = {
	preview(): Promise<CleanupPreview>;
	/** Removes what `preview` lists at this moment. */
	clean(): Promise<CleanupResult>;
	/** Removes from the engine what the ledger lists after its first `count` entries; leaves all files. */
	cleanSince(count: number): Promise<CleanupResult>;
	/** Removes one container of ours, running or not. */
	removeContainer(id: string): Promise<void>;
};

/** The learner's copy of the workshop's contexts. */
export type LabFolder = LabEdits & {
	/** Absolute. */
	path: string;
	/** Writes the missing files; never touches an existing one. Throws a `UserError` when it can't. */
	ensure(): void;
	/** Null when it is not there or can't be read. `path`: relative to the lab folder, `/` between parts; or absolute. */
	read(path: string): string | null;
	/** The sorted entries of a folder, those of folders with a `/` at the end; null when it is none. `path`: as for `read`. */
	list(path: string): string[] | null;
	/** The sorted paths of all files, relative to the lab folder; at most 500. */
	listAll(): string[];
	/** Calls back after anything in it was saved, created or removed, until the signal is aborted. Never throws. */
	watch(onChange: () => void, signal: AbortSignal): void;
	/** The same file as the workshop ships it; null when it ships none of that name. */
	readShipped(path: string): string | null;
	/**
	 * The files and folders at these absolute paths and below, as far as they are in the lab folder: absolute path, and a
	 * text that changes with the content.
	 */
	fingerprintsOf(paths: string[]): Record<string, string>;
	/** A new file path outside of the lab folder for `docker run --cidfile`. */
	cidFile(runId: string): string;
	/** The ID of the container in that file; null when there is none. */
	readCid(runId: string): string | null;
	/** Once the ID is in the ledger. */
	deleteCidFile(runId: string): void;
};

/** One run as it was recorded: what a replay plays and judges by. */
export type Recording = {
	stepId: string;
	argv: string[];
	builder: Builder | null;
	format: BuildFormat | null;
	engine: EngineIdentity;
	/** Facts before the run: a challenge's start state. */
	factsBefore: Fact[];
	/** In the order of their arrival; `t` in milliseconds since the run started. */
	chunks: Array<{t: number; stream: 'stdout' | 'stderr'; bytes: Uint8Array}>;
	outcome: Outcome;
	/** Facts when it had ended. */
	facts: Fact[];
};

/** Changes that the program itself makes to the files of a lab folder. */
type LabEdits = {
	/** Adds a line to a file, which ends with the time. Returns a function that removes it again. */
	addLine(file: string, line: string): () => void;
	/** Copies the files of `solutions/<challenge>` or the like in; a changed file is kept as `<name>.mine`. */
	applyOverlay(overlay: string): void;
	/** Stays equal as long as no file changes. */
	fingerprint(): string;
};

/** Whose lines: those of one stage of a run, or, with null, those of no stage; all of a command that is no build. */
export type LineLogName = {runId: string; stage: string | null};

/** The size of a log. */
export type LineLogSize = {
	/** Lines that can be read now. */
	lineCount: number;
	/** One sentence on why lines are missing at its end, or all of them; null when every line is there. */
	problem: string | null;
};

/** Writes the lines of one run, as fast as they come. */
export type LineLogWriter = {
	/** `line`: as it was printed, without its end. Never throws: the log's `problem` says when lines can't be kept. */
	append(stage: string | null, line: string): void;
	/** Takes output of no stage as it arrives, cut anywhere, without the cost of splitting it into lines. Never throws. */
	appendBytes(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
	/** No more lines will come. */
	end(): void;
};

/** Lines are counted from 0 and come cleaned, colours kept. */
export type LineLogReader = {
	size(log: LineLogName): LineLogSize;
	/** At most `count` lines; fewer where the log ends. */
	read(log: LineLogName, from: number, count: number): string[];
	/**
	 * The nearest line with a text, `from` itself included, towards the end (1) or the beginning (-1). Capitals matter
	 * only in a text that has some. Null when there is none, or when `signal` was aborted before one was found.
	 */
	search(
		log: LineLogName,
		wanted: {text: string; from: number; direction: 1 | -1},
		signal: AbortSignal,
	): Promise<number | null>;
	/**
	 * Writes all lines, without colours, to a new file in the first of these folders that takes it: `<name>.log`, or with
	 * a number when there is one. Rejects with a `UserError` when none does.
	 */
	copy(
		log: LineLogName,
		target: {folders: string[]; name: string},
	): Promise<{file: string; lineCount: number}>;
};

/** Every line that the runs of this session printed, in the order of their arrival. */
export type LineLogs = LineLogReader & {open(runId: string): LineLogWriter};

/** The lines that were typed, kept between sessions. */
export type History = {
	/** Newest last. */
	load(): string[];
	/** Never throws: a line that can't be written is lost with the session. */
	append(line: string): void;
};
