import type {Builder, BuildFormat} from '../build/model.js';
import type {Fact, Verdict} from '../checks/model.js';
import type {Dialect, Overlay} from '../workshop/model.js';
import type {LabWork} from './lab-work.js';
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
export type Reading = {
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
	read(line: string, place: {stepId: string; dialect: Dialect; folder: string}): Reading;
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
	cli: {
		version: string;
		/** `0.13.1`; null without buildx. */
		buildx: string | null;
		/** The version of the Podman that runs and builds. Left out: Docker does. */
		podman?: string;
	};
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

/** All image IDs on the engine, intermediate ones too, and which name stands for which ID. */
export type ImageSnapshot = {ids: string[]; names: Record<string, string>};

/** What an engine has besides images, each by name. */
export type Things = {
	/** IDs. */
	containers: Record<string, string>;
	/** When each was made, as the engine writes it: a volume has no ID. */
	volumes: Record<string, string>;
	/** IDs. */
	networks: Record<string, string>;
};

export type Engine = {
	/** Rejects with a `UserError` when the engine or CLI can't be used. */
	identity(): Promise<EngineIdentity>;
	/** Never rejects: trouble is an `engine-gone` fact. */
	facts(scope: FactScope): Promise<Fact[]>;
	/** Rejects when the engine does not answer. */
	images(): Promise<ImageSnapshot>;
	/** Rejects when the engine does not answer. */
	things(): Promise<Things>;
	/** Calls back after container, image and network events, also after a lost connection came back. */
	changes(onChange: () => void, signal: AbortSignal): void;
};

/** All that the docker commands of a line make, and how it is found once they have ended. */
export type Making = {
	/** Names of images, `name:tag` each, that are ours once they are given. */
	names: string[];
	/** `built`: IDs and names are in what builds print; `printed`: the IDs are printed; `loaded`: the names are, too. */
	images: Array<'built' | 'printed' | 'loaded'>;
	/** Names of images that come from a registry when they are not here; base images of the workshop are left out. */
	pulled: string[];
	/** Names of containers that a typed line makes: it leaves their IDs in no file. */
	containers: string[];
	/** Whether a container's ID may be printed. */
	printsContainer: boolean;
	volumes: string[];
	/** Whether the name of a volume is printed. */
	printsVolume: boolean;
	networks: string[];
	/** Absolute paths in the lab folder. */
	files: string[];
	/** Typed by the learner: names are ours only where they were given to an image of ours. */
	isTyped: boolean;
};

/** What was there before a command, as far as it could make it; null for what it does not make. */
export type Before = {
	images: ImageSnapshot | null;
	things: Things | null;
	/** Absolute path and `print` of what stood where it writes. */
	files: Record<string, string>;
};

/** What our runs made on one engine, one entry a line. `engine`: the daemon's ID. */
/** A workshop that made something. `argument`: what names it behind `--workshop`, an ID or a folder as one word of a shell. */
export type Owner = {id: string; argument: string};

/** One thing that a run made, or what became of it. `workshop`: whose run; ledgers of earlier versions don't say. */
export type LedgerEntry = {
	workshop?: Owner | undefined;
} /** An image that was not there before our run. */ & (
	| {kind: 'image'; engine: string; id: string}
	| {kind: 'container'; engine: string; id: string; stepId: string | null}
	/** A name we gave, and the image ID that it named before (null: it is new). */
	| {kind: 'name'; engine: string; name: string; id: string; before: string | null}
	/** A volume by its name. */
	| {kind: 'volume'; engine: string; id: string; createdAt: string}
	| {kind: 'network'; engine: string; id: string; name: string}
	/** A file, a link or a folder that a command wrote in the lab folder. `id`: its absolute path. `print`: what it was. */
	| {kind: 'file'; engine: string; id: string; print: string}
	/** It has been removed, or given back, by us. */
	| {kind: 'gone'; engine: string; id: string}
	/**
	 * A command is about to run that makes something. `id`: of the run. `build`: null for other commands. When the program
	 * dies in the middle, the next one learns from the run's transcript and from what is new what it made.
	 */
	| {
			kind: 'intent';
			engine: string;
			id: string;
			stepId: string | null;
			build: {tags: string[]; format: BuildFormat; before: ImageSnapshot} | null;
			/** Ledgers of earlier versions have none. */
			making?: {makes: Making; before: Before} | undefined;
	  }
	/** What the run with this ID made is in the ledger. */
	| {kind: 'settled'; engine: string; id: string}
);

/** What runs printed, kept whole until it makes room for newer ones. */
export type Transcripts = {
	/** `running`: its command still writes, whatever became of the program that started it. */
	state(runId: string): 'running' | 'over' | 'missing';
	/** Hands over what is there: all of stdout, then all of stderr. */
	read(runId: string, onBytes: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void): Promise<void>;
};

export type Ledger = {
	/** Whose ledger it is: what is appended is this workshop's unless it says otherwise. Null: of any. */
	owner: Owner | null;
	/** All entries of all processes for this engine, oldest first. */
	entries(engineId: string): LedgerEntry[];
	append(entry: LedgerEntry): void;
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

/** Something clean-up removes or leaves. `id` of a file is its path. */
export type CleanupItem = {
	kind: 'container' | 'network' | 'volume' | 'name' | 'image' | 'file' | 'transcripts';
	id: string;
	name: string;
};

/** What clean-up leaves, and why. `workshop`: another workshop made it. */
export type KeptItem = CleanupItem & {reason: string; workshop?: Owner};

/** What clean-up would do, for the learner to read before it does. */
export type CleanupPreview = {
	remove: CleanupItem[];
	/** Names that go back to the image that had them before. */
	giveBack: Array<{name: string; id: string}>;
	keep: KeptItem[];
	/** Bytes of the engine's build cache; null when unknown. Clean-up leaves it. */
	buildCacheBytes: number | null;
};

export type CleanupResult = {removed: CleanupItem[]; kept: KeptItem[]};

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
export type LabFolder = LabWork & {
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
