/** Which build implementation runs a build. */
export type Builder = 'legacy' | 'buildkit';

/** How a build reports its progress: see `parse-rawjson`, `parse-plain` and `parse-legacy`. */
export type BuildFormat = 'rawjson' | 'plain' | 'legacy';

export type StageStatus = 'waiting' | 'running' | 'cached' | 'done' | 'failed' | 'skipped' | 'cancelled';

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

/** One `FROM …` part of a Dockerfile, as written. */
export type PlannedStage = {
	/** The name shown: `AS name`, else `final` for an unnamed last stage, else `stage-N` (N from 0, as BuildKit counts). */
	name: string;
	/** Position in the Dockerfile, from 0. */
	index: number;
	named: boolean;
	/** Names of the stages it uses by `FROM <stage>` or `COPY --from`, in order of first use. */
	needs: string[];
	/** The image it starts from when that is no stage (`scratch` included), with the ARGs before the first FROM filled in. */
	image: string | null;
	/** Its lines without `FROM` itself. */
	instructions: PlannedInstruction[];
	line: number;
	endLine: number;
};

/** What a Dockerfile says about its stages, for one target. */
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
};

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
	/** Every image and intermediate container the legacy builder mentioned, 12 hex digits each, for the ledger. */
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
 * digest or `#n`, legacy's step number). Times are seconds since the build began.
 */
export type BuildEvent =
	| {event: 'began'; id: string; name: string; at: number}
	| {event: 'listed'; id: string; name: string}
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
