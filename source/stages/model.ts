import {messages} from '../messages/index.js';

/** Which build implementation runs a build: one of Docker's two, or Podman's. */
export type Builder = 'legacy' | 'buildkit' | 'buildah';

/** How a build reports its progress: see the parsers named after it. */
export type BuildFormat = 'rawjson' | 'plain' | 'legacy' | 'buildah';

/** `unknown`: the build has ended, and printed nothing that would tell. */
export type StageStatus =
	| 'waiting'
	| 'running'
	| 'cached'
	| 'done'
	| 'failed'
	| 'skipped'
	| 'cancelled'
	| 'unknown';

/** One instruction as the Dockerfile writes it, before anything runs. */
export type PlannedInstruction = {
	/** Upper case: `RUN`, `COPY`, … */
	keyword: string;
	/** The whole instruction on one line, without comments. */
	text: string;
	/** First and last line in the Dockerfile, from 1. */
	line: number;
	endLine: number;
};

/** What a build command asks for, beside its Dockerfile. */
export type BuildOptions = {
	/** Name or number of a stage; the last one without it. */
	target?: string | undefined;
	/** The values of `--build-arg`, by name. */
	buildArgs?: ReadonlyMap<string, string> | undefined;
	/** The values of `--build-context`, by name. */
	contexts?: ReadonlyMap<string, string> | undefined;
	/** What `--platform` names, `linux/arm64` each; the engine's own without it. */
	platforms?: readonly string[] | undefined;
	/** The platform of the engine. */
	enginePlatform?: string | undefined;
};

/** One `FROM …` part of a Dockerfile: what is expected of it before the build shows more. */
export type PlannedStage = {
	/**
	 * The label shown, which no other stage of the file has: `AS name`, else `final` for an unnamed last stage, else
	 * `stage-N` (N from 0, as BuildKit counts). Of several stages with one name the last has it alone, as it is the one that
	 * the name stands for; an earlier one is `name:line`.
	 */
	name: string;
	/** What `AS` says, in lower case; null when it has no name. */
	alias: string | null;
	/** Position in the Dockerfile, from 0. */
	index: number;
	/**
	 * Labels of the stages it uses by `FROM <stage>`, `COPY --from` or a mount, in order of first use: the one that it starts
	 * from is the first.
	 */
	needs: string[];
	/** The image it starts from when that is no stage (`scratch` included), with arguments filled in. */
	image: string | null;
	/** The build context that stands in its place (`--build-context`), where there is one: nothing of the stage runs then. */
	replacedBy: string | null;
	/** What `ONBUILD` of the stage that it starts from adds in front of its own instructions. */
	triggers: PlannedInstruction[];
	/** Its lines without `FROM` itself. */
	instructions: PlannedInstruction[];
	line: number;
	endLine: number;
};

/** The forecast: what a Dockerfile and the options of a build say about its stages. */
export type StageGraph = {
	stages: PlannedStage[];
	/** Name of the stage asked for with `--target`, or of the last one. */
	target: string;
	/** Names of the stages that the target needs, the target included. */
	reachable: string[];
};

export type InstructionStatus = 'waiting' | 'running' | 'cached' | 'done' | 'failed' | 'cancelled';

/** One instruction of a stage while it is being built. */
export type Instruction = {
	/** As the builder names it, without the `[stage n/m]` in front. */
	text: string;
	/** `linux/arm64`, where the stage is built for several. */
	platform?: string;
	status: InstructionStatus;
	/** Its first line in the Dockerfile, from 1; null when it can't be told. */
	line: number | null;
	/** Null until it has ended. */
	seconds: number | null;
};

/** One stage while it is being built: what a pane shows. */
export type Stage = {
	name: string;
	status: StageStatus;
	/** As seen in the build where it shows that, else as expected. */
	needs: string[];
	/** One short sentence that explains the status where it needs one ("nothing that is built needs this stage"). */
	reason: string | null;
	/** Union of its instructions' intervals without FROM; null when nothing of it ran. */
	seconds: number | null;
	/** First and last moment of its instructions, in seconds since the build began; null when nothing of it ran. */
	began: number | null;
	ended: number | null;
	instructions: Instruction[];
	/** Lines of output so far. */
	lineCount: number;
	/** The last lines of its output, at most 200, cleaned. */
	tail: string[];
};

export type BuildFailure = {
	/** Null when it failed before or outside of any stage. */
	stage: string | null;
	instruction: string | null;
	/** Line of the Dockerfile, from 1. */
	line: number | null;
	/** Exit code of the failing command, where the builder says it. */
	exitCode: number | null;
	/** The builder's own words, first line. */
	message: string;
	/** The last lines that the failing instruction itself printed. */
	said: SaidLine[];
};

/** A line of output as it came. `at`: seconds since the build began. */
export type SaidLine = {text: string; at: number};

/** A snapshot of one build. */
export type Build = {
	/** The builder that was seen at work; null until it is known. */
	builder: Builder | null;
	format: BuildFormat;
	stages: Stage[];
	/** Seconds from its first event to its last. */
	seconds: number;
	/** ID of the image that was built, `sha256:…` or the 12 digits that the legacy builder prints. */
	imageId: string | null;
	/** Names given to the image: `docker.io/library/simple:buildkit`, as printed. */
	names: string[];
	/** Every image and intermediate container that the legacy builder or Buildah mentioned, 12 hex digits each, for the ledger. */
	mentioned: {images: string[]; containers: string[]};
	/** Output that belongs to no stage (context transfer, export, warnings, errors): the last 200 lines, cleaned. */
	outside: string[];
	failure: BuildFailure | null;
	/** What cannot be told apart or is late, in whole sentences. */
	notes: string[];
	/** True when every instruction was taken from the cache. */
	cached: boolean;
};

/**
 * What a build does, in one vocabulary for all formats. `id` names an instruction within one build (BuildKit's
 * digest or `#n`, legacy's step number, Buildah's numbers of stage and step); `inputs` are the ids of what it is made from.
 * Times are seconds since the build began.
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

/** Turns what a build prints into events. `at`: milliseconds since the run began. Bytes may be cut anywhere. */
export type BuildParser = {
	push(stream: 'stdout' | 'stderr', bytes: Uint8Array, at: number): BuildEvent[];
	/** What was still held back. Call it once, when both streams have ended. */
	end(): BuildEvent[];
};

/** A builder as it is named within a sentence. */
export const nameBuilder = (builder: Builder): string => messages.stages.builders[builder];

/** A builder as a sentence begins with it. */
export const nameBuilderAsSubject = (builder: Builder): string => messages.stages.builderSubjects[builder];
