import type {Fact, Verdict} from '../checks/model.js';
import type {CleanupPreview, CleanupResult, EngineObjects, ImageSnapshot} from '../ownership/ledger.js';
import type {DockerCli} from '../stages/builders.js';
import type {Builder, BuildFormat} from '../stages/model.js';
import type {Dialect, Overlay} from '../workshop/model.js';
import type {PassedStep} from './passed-steps.js';

/** One execution of a command, asked for. */
export type RunRequest = {
	runId: string;
	/** The step it belongs to; a replay finds its recording by it. */
	stepId: string | null;
	argv: string[];
	/** The arguments reach the program as they stand: Windows alone can't tell them apart otherwise. */
	exact?: boolean;
	/** It gets the terminal itself, and nothing of what it prints is seen. */
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
	/** `unkept`: one sentence, when the disk had no room for all that it printed. */
	| {ended: 'exited'; exitCode: number; seconds: number; unkept?: string}
	| {ended: 'cancelled'; seconds: number}
	| {ended: 'could-not-start'; message: string; seconds: number}
	/** Where nothing can run: the command was read, and what it would have made is known. */
	| {ended: 'read'; seconds: 0};

/** `at`: milliseconds since the run started. `bytes` are good until the listener returns: who keeps them copies them. */
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

/** What a line that was read would have done. */
export type SimulatedResult = {
	/** For the learner, in whole sentences; what Docker would print among them. */
	lines: string[];
	exitCode: number;
	stdout: string;
	stderr: string;
	/** Milliseconds since 1970, by the clock of the engine that is only thought of. */
	endedAt: number;
};

/** What only a recording can do. */
export type Replay = {
	/** Reads what learners type. The facts of the challenge are then what it would have made. `folder`: absolute. */
	read(line: string, place: {stepId: string; dialect: Dialect; folder: string}): SimulatedResult;
	/** The shipped solution or attempt that the learner's answer is; null for any other. `judged`: what reading it gave. */
	knownAnswer(stepId: string, judged: Verdict): Overlay | null;
	/** The engines that were recorded: `26`, `20`. */
	engines: string[];
	/** Plays the next of them from now on. */
	nextEngine(): void;
	/** Sets how many times as fast as recorded it plays. */
	setPace(times: number): void;
	/** What plays now is at its end at once. */
	skipToEnd(): void;
};

export type EngineIdentity = {
	/** What ledgers are keyed by: the daemon's own ID where it has one. */
	id: string;
	/** `26.1.5` */
	version: string;
	/** The context in force: `default` too where `DOCKER_HOST` names the engine. */
	context: string;
	/** What keeps the docker command on this engine, whatever context is selected meanwhile. */
	environment: Record<string, string>;
	/** As the CLI names it: `unix:///var/run/docker.sock`. */
	endpoint: string;
	/** Whether it runs on this machine. */
	local: boolean;
	/** Where published ports are reached. */
	address: string;
	/** This program runs in a container: published ports are on its host. Left out: it does not. */
	inContainer?: true;
	store: 'graphdriver' | 'containerd';
	/** What it runs images of: `linux/amd64`. Left out: not known. */
	platform?: string;
	cli: DockerCli;
	/** Only of a replay: when it was recorded (ISO date), and whether the base images were stand-ins. */
	recorded: {date: string; standIn: boolean} | null;
};

/** Which facts a judge needs: everything is read anew each time. */
export type FactScope = {
	/** Steps' and challenges' checks that speak of containers' ports need logs and HTTP answers too. */
	probePorts: boolean;
	/** Images whose containers' ports are meant: other servers of the learner's are left alone. Left out: all containers. */
	portImages?: string[];
	/** Clean-up wants intermediate images too. */
	allImages?: boolean;
	/** Only of a replay: the step whose recorded end is asked for, and after which of its runs. */
	stepId: string | null;
};

export type Engine = {
	/** Rejects with a `UserError` when the engine or CLI can't be used. */
	identity(): Promise<EngineIdentity>;
	/** Never rejects: trouble is an `engine-gone` fact. */
	facts(scope: FactScope): Promise<Fact[]>;
	/** Rejects when the engine does not answer. */
	images(): Promise<ImageSnapshot>;
	/** Rejects when the engine does not answer. */
	things(): Promise<EngineObjects>;
	/** Calls back after container, image and network events, also after a lost connection came back. */
	changes(onChange: () => void, signal: AbortSignal): void;
};

/** What runs printed, kept whole until it makes room for newer ones. */
export type Transcripts = {
	/** `running`: its command still writes, whatever became of the program that started it. */
	state(runId: string): 'running' | 'over' | 'missing';
	/** Hands over what is there: all of stdout, then all of stderr. */
	read(runId: string, onBytes: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void): Promise<void>;
};

/** What is kept between sessions. */
export type Progress = {
	format: 1;
	workshop: string;
	/** The step to go on at. */
	stepId: string | null;
	passed: Record<string, PassedStep>;
	/** Hints revealed, by step. */
	hints: Record<string, number>;
	/** Findings whose own hint was revealed, by step. Files of earlier versions have none. */
	hintsFor?: Record<string, Array<{finding: string; behind: number}>> | undefined;
	captured: Record<string, string>;
	/** The stages expected to run, by step. Files of earlier versions have none. */
	predictions?: Record<string, string[]> | undefined;
	builder: Builder | null;
	labFolder: string;
	engineId: string | null;
};

export type ProgressStore = {
	/** What was kept; null on a first start. `problem`: one sentence when something was kept aside or is read-only. */
	load(): {
		progress: Progress | null;
		problem: string | null /** Nothing of this session will be kept. */;
		readOnly: boolean;
	};
	/** Whole to a temporary name, then renamed. Does nothing in a read-only second copy. Never throws: problems are returned. */
	save(progress: Progress): string | null;
};

export type Cleaner = {
	preview(): Promise<CleanupPreview>;
	/** Removes what `preview` lists at this moment. */
	clean(): Promise<CleanupResult>;
	/** Removes from the engine what stands in its ledger behind the first `count` entries; leaves all files. */
	cleanSince(count: number): Promise<CleanupResult>;
	/** Removes one container of ours, running or not. */
	removeContainer(id: string): Promise<void>;
};

/** The learner's copy of the workshop's contexts. */
export type LabFolder = LabEdits & {
	/** Absolute. */
	path: string;
	/** Writes the files that are not there; never touches one that is. Throws a `UserError` when it can't. */
	ensure(): void;
	/** Null when it is not there or can't be read. `path`: relative to the lab folder, `/` between parts; or absolute. */
	read(path: string): string | null;
	/** What a folder holds, in order, with a `/` behind the names of folders; null when it is none. `path`: as for `read`. */
	list(path: string): string[] | null;
	/** All files in it, relative to it, in order; at most 500. */
	listAll(): string[];
	/** Calls back when something in it was saved, made or removed, until the signal is aborted. Never throws. */
	watch(onChange: () => void, signal: AbortSignal): void;
	/** The same file as the workshop ships it; null when it ships none of that name. */
	readShipped(path: string): string | null;
	/**
	 * What stands at these places and below them, as far as they are in the lab folder: its absolute path, and a text that
	 * changes when it does. `paths`: absolute.
	 */
	printsOf(paths: string[]): Record<string, string>;
	/** A new file name outside of the lab folder in which `docker run --cidfile` leaves the container's ID. */
	cidFile(runId: string): string;
	/** The ID left there; null when there is none. */
	readCid(runId: string): string | null;
	/** The ID stands in the ledger by now. */
	dropCid(runId: string): void;
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

/** What the program itself does with the files of a lab folder. */
export type LabEdits = {
	/** Gives a file one more line, which ends with the time; what it returns takes the line away again. */
	addLine(file: string, line: string): () => void;
	/** Puts the files of `solutions/<challenge>` or the like in; a changed file is kept as `<name>.mine`. */
	putOver(overlay: string): void;
	/** Two are equal when no file of it has changed in between. */
	fingerprint(): string;
};

/** Whose lines: those of one stage of a run, or, with null, those of no stage; all of a command that is no build. */
export type LineLogName = {runId: string; stage: string | null};

/** What can be known of a log before it is read. */
export type LineLogSize = {
	/** Lines that can be read now. */
	lineCount: number;
	/** One sentence on why lines are missing at its end, or all of them; null when every line is there. */
	problem: string | null;
};

/** Takes the lines of one run, as fast as they come. */
export type LineLogWriter = {
	/** `line`: without its end, as it was printed. Never throws: what can't be kept is told by the log's `problem`. */
	append(stage: string | null, line: string): void;
	/** Takes output of no stage as it arrives, cut anywhere: in a flood nobody has the time to look at its lines. Never throws. */
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
	/** Never throws: a line that can't be kept is gone with the session. */
	append(line: string): void;
};
