import type {Fact, Verdict} from '../checks/model.js';
import type {ClassMessage, SeatState} from '../classroom/protocol.js';
import type {BuildTarget, DefinedBuild} from '../docker/build-definition.js';
import type {CleanupPreview, CleanupResult, EngineObjects, ImageSnapshot} from '../ownership/ledger.js';
import type {DockerCli} from '../stages/builders.js';
import type {Builder, BuildFormat} from '../stages/model.js';
import type {Dialect, FilePatch, Overlay} from '../workshop/model.js';
import type {Progress} from './passed-steps.js';

/** A request to run a command. */
export type RunRequest = {
	runId: string;
	/** The step that it belongs to; a replay uses it to find the recording. */
	stepId: string | null;
	argv: string[];
	/** Whether arguments are passed verbatim, without quoting; affects only Windows. */
	exact?: boolean;
	/** Whether the command uses the terminal directly, so that its output can't be read. */
	onTerminal?: boolean;
	cwd: string;
	/** The complete environment, not additions to it. */
	env: Record<string, string>;
	/** Null for commands other than builds. */
	builder: Builder | null;
	/** Null for commands other than builds. */
	format: BuildFormat | null;
	/** What a file defines to be built, for a recording; paths are relative to the lab folder. */
	targets?: BuildTarget[];
};

/** How a run ended. A learner's failing command is an outcome, not an error. */
export type Outcome =
	/** `unkept`: one sentence if the disk had no room for all output. */
	| {ended: 'exited'; exitCode: number; seconds: number; unkept?: string}
	| {ended: 'cancelled'; seconds: number}
	| {ended: 'could-not-start'; message: string; seconds: number}
	/** In a recording: the command was only simulated. */
	| {ended: 'read'; seconds: 0};

/** `at`: milliseconds since the run started. `bytes` are valid until the listener returns: copy them to keep them. */
export type RunEvent =
	| {type: 'started'}
	| {type: 'output'; stream: 'stdout' | 'stderr'; bytes: Uint8Array; at: number}
	| {type: 'ended'; outcome: Outcome};

/**
 * Runs commands, or plays their recordings. Aborting `signal` ends a run gracefully, and kills it after 3 s. The last
 * event is always `ended`.
 */
export type Runner = {
	start(request: RunRequest, onEvent: (event: RunEvent) => void, signal: AbortSignal): void;
	/** Kills a run at once. */
	kill(runId: string): void;
};

/** The simulated effect of a line on an engine. */
export type SimulatedResult = {
	/** Text for the learner: sentences, and the output that Docker would print. */
	lines: string[];
	exitCode: number;
	stdout: string;
	stderr: string;
	/** Milliseconds since 1970 on the clock of the simulated engine. */
	endedAt: number;
};

/** The controls of a recording. */
export type Replay = {
	/** Simulates a typed line, which changes the facts of the challenge. `folder`: absolute. */
	read(line: string, options: {stepId: string; dialect: Dialect; folder: string}): SimulatedResult;
	/**
	 * The shipped solution or attempt that matches the learner's answer; null if none does. `judged`: the simulated
	 * verdict.
	 */
	knownAnswer(stepId: string, judged: Verdict): Overlay | null;
	/** The recorded engines, e.g. `26` and `20`. */
	engines: string[];
	/** Switches to the recordings of the next engine. */
	nextEngine(): void;
	/** Sets the playback speed, as a multiple of the recorded speed. */
	setPace(times: number): void;
	/** Skips to the end of the current recording. */
	skipToEnd(): void;
};

export type EngineIdentity = {
	/** The engine's key in ledgers: the daemon's own ID if it has one. */
	id: string;
	/** E.g. `26.1.5`. */
	version: string;
	/** The active context; also `default` if `DOCKER_HOST` selects the engine. */
	context: string;
	/** Variables that make the docker command use this engine even if another context is selected. */
	environment: Record<string, string>;
	/** As the CLI shows it, e.g. `unix:///var/run/docker.sock`. */
	endpoint: string;
	/** Whether it runs on this machine. */
	local: boolean;
	/** The host at which published ports are reached. */
	address: string;
	/** Set if this program runs in a container, so that published ports are on the container's host. */
	inContainer?: true;
	store: 'graphdriver' | 'containerd';
	/** The platform of the images that it runs, e.g. `linux/amd64`; undefined if unknown. */
	platform?: string;
	cli: DockerCli;
	/** When it was recorded (ISO date), and whether the base images were stand-ins; null for a live engine. */
	recorded: {date: string; standIn: boolean} | null;
};

/** The facts that a judge needs. They are read from the engine each time. */
export type FactScope = {
	/** Whether to read logs and HTTP answers, for checks of ports. */
	probePorts: boolean;
	/**
	 * Limits probing to containers of these images, so that no other server of the learner's is asked. Undefined: no
	 * limit.
	 */
	portImages?: string[];
	/** The containers whose whole logs to read, by name. */
	loggedContainers?: string[];
	/** Whether to read the names of networks and volumes. */
	objects?: boolean;
	/** Whether to include intermediate images, for clean-up. */
	allImages?: boolean;
	/** The step whose recorded facts a replay returns. */
	stepId: string | null;
};

export type Engine = {
	/** Rejects with a `UserError` if the engine or the CLI can't be used. */
	identity(): Promise<EngineIdentity>;
	/** Never rejects: a failure is an `engine-gone` fact. */
	facts(scope: FactScope): Promise<Fact[]>;
	/** Rejects if the engine does not answer. */
	images(): Promise<ImageSnapshot>;
	/** Rejects if the engine does not answer. */
	things(): Promise<EngineObjects>;
	/**
	 * What a build whose targets a file defines will build; null if docker can't say so: then the build fails, too.
	 * `stepId`: for a recording. Paths in the targets are absolute, or relative to `cwd`. Never rejects.
	 */
	describeBuild(
		build: DefinedBuild,
		place: {stepId: string; cwd: string; env: Record<string, string>},
	): Promise<DescribedBuild | null>;
	/** Calls back after container, image, network and volume events, and when a connection is made or lost. */
	changes(onChange: () => void, signal: AbortSignal): void;
};

/** `hasRawjson`: whether the tool can print its progress as rawjson. */
export type DescribedBuild = {targets: BuildTarget[]; hasRawjson: boolean};

/** The complete output of runs, kept until newer runs need the space. */
export type Transcripts = {
	/** `running`: its command still writes, even if the program that started it has ended. */
	state(runId: string): 'running' | 'over' | 'missing';
	/** Passes on all of stdout, then all of stderr. */
	read(runId: string, onBytes: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void): Promise<void>;
};

export type ProgressStore = {
	/**
	 * `progress`: null at the first start. `problem`: one sentence if a file was set aside or progress is read-only.
	 * `readOnly`: progress of this session is not saved.
	 */
	load(): {progress: Progress | null; problem: string | null; readOnly: boolean};
	/** Writes atomically. Does nothing if progress is read-only. Never throws: returns a problem as one sentence. */
	save(progress: Progress): string | null;
};

export type Cleaner = {
	preview(): Promise<CleanupPreview>;
	/** Removes what `preview` would list now. */
	clean(): Promise<CleanupResult>;
	/** Removes from the engine what the ledger lists after its first `count` entries. Keeps all files. */
	cleanSince(count: number): Promise<CleanupResult>;
	/** Removes a container of ours, even if it is running. */
	removeContainer(id: string): Promise<void>;
};

/** The learner's copy of the workshop's contexts. */
export type LabFolder = LabEdits & {
	/** Absolute. */
	path: string;
	/** Writes missing files; never overwrites one. Throws a `UserError` on failure. */
	ensure(): void;
	/**
	 * Null if the file does not exist or can't be read. `path`: absolute, or relative to the lab folder with `/`
	 * separators.
	 */
	read(path: string): string | null;
	/**
	 * The sorted entries of a folder, subfolders with a trailing `/`; null if it is not a folder. `path`: as for `read`.
	 */
	list(path: string): string[] | null;
	/** The sorted paths of all files, relative to the lab folder; at most 500. */
	listAll(): string[];
	/** Calls back when anything in it is saved, created or removed, until the signal is aborted. Never throws. */
	watch(onChange: () => void, signal: AbortSignal): void;
	/** The workshop's original of a file; null if it ships none of that name. */
	readShipped(path: string): string | null;
	/**
	 * The files and folders at and below these absolute paths, limited to the lab folder: absolute path → a text that
	 * changes with the content.
	 */
	fingerprintsOf(paths: string[]): Record<string, string>;
	/** A new path outside of the lab folder for `docker run --cidfile`. */
	cidFile(runId: string): string;
	/** The container ID in that file; null if there is none. */
	readCid(runId: string): string | null;
	/** Called once the ID is in the ledger. */
	deleteCidFile(runId: string): void;
};

/** A recorded run, which a replay plays and judges by. */
export type Recording = {
	stepId: string;
	argv: string[];
	builder: Builder | null;
	format: BuildFormat | null;
	/** As in the request. */
	targets?: BuildTarget[];
	engine: EngineIdentity;
	/** The facts before the run: a challenge's start state. */
	factsBefore: Fact[];
	/** In order of arrival. `t`: milliseconds since the run started. */
	chunks: Array<{t: number; stream: 'stdout' | 'stderr'; bytes: Uint8Array}>;
	outcome: Outcome;
	/** The facts after the run. */
	facts: Fact[];
};

/** Changes that the program itself makes to lab files. */
type LabEdits = {
	/** Appends a line that ends with the time to a file. Returns a function that removes it. */
	addLine(file: string, line: string): () => void;
	/**
	 * Replaces the first `piece` of a file's text. Returns a function that restores it. Throws a `UserError` if the file
	 * has no such piece.
	 */
	replaceText(file: string, piece: string, by: string): () => void;
	/** How many times `addLine` or `replaceText` has changed a file, and how many of these changes were undone. */
	temporaryEdits(): {begun: number; undone: number};
	/**
	 * Copies the files of `solutions/<challenge>` or the like in. A changed file is kept as `<name>.mine`. `except`: files
	 * to leave out.
	 */
	applyOverlay(overlay: string, except?: string[]): void;
	/** The files of the learner's that `applyOverlay` would replace. */
	changedUnder(overlay: string): string[];
	/**
	 * Applies the patches of a step, all or none, as `patchTexts` describes. `before`: those of the steps before it.
	 * Returns the files that they do not fit; empty if they are applied. Throws a `UserError` if a file can't be changed.
	 */
	applyPatches(patches: FilePatch[], before: FilePatch[]): string[];
	/** A text that changes when a file changes. */
	fingerprint(): string;
};

/**
 * Selects the lines of one stage of a run. `stage`: null for the lines of no stage, or of a command other than a build.
 */
export type LineLogName = {runId: string; stage: string | null};

/** The size of a log. */
export type LineLogSize = {
	/** The number of lines that can be read now. */
	lineCount: number;
	/** Why lines are missing, from its end or all of them, in one sentence; null if none are. */
	problem: string | null;
};

/** Writes the lines of one run as they arrive. */
export type LineLogWriter = {
	/** `line`: as printed, without line ending. Never throws: the log's `problem` says why lines are missing. */
	append(stage: string | null, line: string): void;
	/** Adds output of no stage as it arrives, cut anywhere; it need not be split into lines first. Never throws. */
	appendBytes(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
	/** Called after the last line. */
	end(): void;
};

/** Reads logs. Lines are numbered from 0; control characters are removed, colours kept. */
export type LineLogReader = {
	size(log: LineLogName): LineLogSize;
	/** Returns `count` lines; fewer at the end of the log. */
	read(log: LineLogName, from: number, count: number): string[];
	/**
	 * The number of the nearest line that contains a text, from `from` itself towards the end (1) or the beginning (-1).
	 * Case matters only if the text has capitals. Null if there is none or `signal` was aborted.
	 */
	search(
		log: LineLogName,
		wanted: {text: string; from: number; direction: 1 | -1},
		signal: AbortSignal,
	): Promise<number | null>;
	/**
	 * Writes all lines without colours to a new file, `<name>.log` or with a number, in the first of the folders that is
	 * writable. Rejects with a `UserError` if none is.
	 */
	copy(
		log: LineLogName,
		target: {folders: string[]; name: string},
	): Promise<{file: string; lineCount: number}>;
};

/** All lines printed by the runs of this session, in order of arrival. */
export type LineLogs = LineLogReader & {open(runId: string): LineLogWriter};

/** The typed lines, kept between sessions. */
export type History = {
	/** Newest last. */
	load(): string[];
	/** Never throws: a line that can't be written is forgotten after the session. */
	append(line: string): void;
};

/**
 * The connection to a class. `joining`: not made yet. `away`: the hub does not answer. `over`: the teacher has ended the
 * class. `left`: the learner has left it, or it knows this seat no longer. `elsewhere`: another copy of the program, or
 * another laptop, has the seat.
 */
export type ClassPresence = 'joining' | 'here' | 'away' | 'over' | 'left' | 'elsewhere';

/** What a session hears from its class. */
export type ClassListener = {
	onPresence(presence: ClassPresence): void;
	/** `isNew`: false if an earlier session has shown it. */
	onMessage(message: ClassMessage, isNew: boolean): void;
};

/** What a session does not know of its seat. `hash`: of the workshop's folder. */
export type SeatFacts = {hash: string; handedIn: boolean};

/** The class that the learner has joined. Nothing ever waits for it. */
export type Classroom = {
	title: string;
	/** Connects in the background. `select`: what to send; asked when it is sent. */
	open(select: (facts: SeatFacts) => SeatState, listener: ClassListener): void;
	/** Says that the session has changed. */
	note(): void;
	/** Sends what is left, for a second at most, and ends the connection. Never rejects. */
	close(): Promise<void>;
};
