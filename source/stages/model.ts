import {messages} from '../messages/index.js';

/** Which build implementation runs a build: one of Docker's two, or Podman's. */
export type Builder = 'legacy' | 'buildkit' | 'buildah';

/** The format in which a build prints its progress; each has a parser of this name. */
export type BuildFormat = 'rawjson' | 'plain' | 'legacy' | 'buildah';

/** `unknown`: the build has ended without printing anything about the stage. */
export type StageStatus =
	| 'waiting'
	| 'running'
	| 'cached'
	| 'done'
	| 'failed'
	| 'skipped'
	| 'cancelled'
	| 'unknown';

/** One instruction as written in the Dockerfile. */
export type PlannedInstruction = {
	/** Upper case: `RUN`, `COPY`, … */
	keyword: string;
	/** The whole instruction on one line, without comments. */
	text: string;
	/** First and last line in the Dockerfile, from 1. */
	line: number;
	endLine: number;
};

/** The options of a build that determine its stages. */
export type BuildOptions = {
	/** Name or number of a stage; the last one if left out. */
	target?: string | undefined;
	/** The values of `--build-arg`, by name. */
	buildArgs?: ReadonlyMap<string, string> | undefined;
	/** The values of `--build-context`, by name. */
	contexts?: ReadonlyMap<string, string> | undefined;
	/** The values of `--platform`, `linux/arm64` each; the engine's own platform if left out. */
	platforms?: readonly string[] | undefined;
	/** The platform of the engine. */
	enginePlatform?: string | undefined;
};

/** One stage of a Dockerfile: what is known about it before the build. */
export type PlannedStage = {
	/**
	 * The label shown, unique in the file: the `AS` name, else `final` for the last stage, else `stage-N` (N from 0, as
	 * BuildKit counts). If several stages share a name, the last keeps it, because the name refers to that one; an
	 * earlier one is `name:line`.
	 */
	name: string;
	/** The `AS` name in lower case; null if it has none. */
	alias: string | null;
	/** Position in the Dockerfile, from 0. */
	index: number;
	/**
	 * Labels of the stages used by `FROM <stage>`, `COPY --from` or a mount, in order of first use; the base stage is
	 * first.
	 */
	needs: string[];
	/** The base image (`scratch` included), with arguments filled in; null if it starts from a stage, or is replaced. */
	image: string | null;
	/** The build context that replaces the stage (`--build-context`), so that none of it runs; null if there is none. */
	replacedBy: string | null;
	/** The instructions that `ONBUILD` of its base stage adds before its own. */
	triggers: PlannedInstruction[];
	/** Its instructions, without `FROM`. */
	instructions: PlannedInstruction[];
	line: number;
	endLine: number;
};

/** The stages of a build, as expected from its Dockerfile and options. */
export type StageGraph = {
	stages: PlannedStage[];
	/** Name of the `--target` stage, or of the last one; the names of the targets if there are several. */
	target: string;
	/** Names of the stages that the target needs, including itself. */
	reachable: string[];
	/** Of a build of several targets: the name of the stage that each ends with. */
	results?: string[];
	/** Of a build that a file defines: its targets, each with its own graph, whose first stage is number `at` of `stages`. */
	parts?: Array<{name: string; graph: StageGraph; at: number}>;
};

export type InstructionStatus = 'waiting' | 'running' | 'cached' | 'done' | 'failed' | 'cancelled';

/** One instruction of a stage during a build. */
export type Instruction = {
	/** As the builder prints it, without the `[stage n/m]` prefix. */
	text: string;
	/** E.g. `linux/arm64`, if the stage is built for several. */
	platform?: string;
	status: InstructionStatus;
	/** Its first line in the Dockerfile, from 1; null if unknown. */
	line: number | null;
	/** Seconds since the build began; null if it has not begun, or if the builder gives no time. */
	began: number | null;
	/** Null until it has ended. */
	seconds: number | null;
};

/** One stage during a build, as a pane shows it. */
export type Stage = {
	name: string;
	status: StageStatus;
	/** As observed in the build if it shows them, else as expected. */
	needs: string[];
	/** A short explanation of the status, if needed: "nothing that is built needs this stage". */
	reason: string | null;
	/** Union of its instructions' intervals, without `FROM`; null if nothing of it ran. */
	seconds: number | null;
	/** First and last moment of its instructions, in seconds since the build began; null if nothing of it ran. */
	began: number | null;
	ended: number | null;
	instructions: Instruction[];
	/** Number of output lines so far. */
	lineCount: number;
	/** The last lines of its output, at most 200, cleaned. */
	tail: string[];
};

export type BuildFailure = {
	/** Null if it failed outside the stages. */
	stage: string | null;
	instruction: string | null;
	/** Line of the Dockerfile, from 1. */
	line: number | null;
	/** Exit code of the failing command, if the builder reports it. */
	exitCode: number | null;
	/** The first line of the builder's error. */
	message: string;
	/** The last lines that the failing instruction printed. */
	said: SaidLine[];
};

/** A line of output. `at`: seconds since the build began. */
export type SaidLine = {text: string; at: number};

/** A snapshot of one build. */
export type Build = {
	/** The builder that was observed; null until it is known. */
	builder: Builder | null;
	format: BuildFormat;
	stages: Stage[];
	/** Seconds from its first event to its last, or to now while it runs. */
	seconds: number;
	/** ID of the image that was built: `sha256:…`, or the 12 digits that the legacy builder prints. */
	imageId: string | null;
	/** Names given to the image: `docker.io/library/simple:buildkit`, as printed. */
	names: string[];
	/**
	 * Every image and intermediate container that the legacy builder or Buildah printed, 12 hex digits each, for the
	 * ledger.
	 */
	mentioned: {images: string[]; containers: string[]};
	/** Output outside the stages (context transfer, export, warnings, errors): the last 200 lines, cleaned. */
	outside: string[];
	failure: BuildFailure | null;
	/** What the output can't show, or shows late, in whole sentences. */
	notes: string[];
	/** Whether every instruction came from the cache. */
	cached: boolean;
};

/**
 * An event of a build, in one vocabulary for all formats. `id` identifies an instruction within the build (BuildKit's
 * digest or `#n`, the legacy builder's step number, Buildah's numbers of stage and step); `inputs` are the ids of what
 * it is made from. Times are seconds since the build began.
 */
export type BuildEvent =
	| {event: 'began'; id: string; name: string; at: number}
	| {event: 'listed'; id: string; name: string; inputs: string[]}
	| {event: 'line'; id: string | null; text: string; at: number}
	| {event: 'cached'; id: string; at: number}
	| {event: 'ended'; id: string; at: number}
	| {event: 'failed'; id: string | null; message: string; at: number}
	| {event: 'cancelled'; id: string; at: number}
	| {event: 'image'; imageId: string}
	| {event: 'named'; name: string}
	| {event: 'mentioned'; kind: 'image' | 'container'; id: string};

/** Converts the output of a build into events. `at`: milliseconds since the run began. Bytes may be split anywhere. */
export type BuildParser = {
	push(stream: 'stdout' | 'stderr', bytes: Uint8Array, at: number): BuildEvent[];
	/** Returns what was held back. Call it once, after both streams have ended. */
	end(): BuildEvent[];
};

/** Returns a builder's name as used within a sentence. */
export const nameBuilder = (builder: Builder): string => messages.stages.builders[builder];

/** Returns a builder's name as used at the start of a sentence. */
export const nameBuilderAsSubject = (builder: Builder): string => messages.stages.builderSubjects[builder];
