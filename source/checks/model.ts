import type {Builder, BuildFailure, Instruction, Stage} from '../stages/model.js';

/** A published port: the address and port on the host, and the container port behind them. */
export type PublishedPort = {
	/** `0.0.0.0` and `::` mean any address. */
	hostIp: string;
	hostPort: number;
	containerPort: number;
	protocol: 'tcp' | 'udp' | 'sctp';
};

/** The result of one HTTP request to a published port. */
export type Answer = {
	/** The address requested: `127.0.0.1:8050`, `[::1]:8050`. */
	address: string;
	/** HTTP status; null if there was no HTTP answer. */
	status: number | null;
	/** First line of the body, or the error (`ECONNREFUSED`, `ECONNRESET`, …). */
	firstLine: string;
	/** `Hostname:` and `IP:` lines of a whoami answer; null and empty for any other. */
	hostname: string | null;
	addresses: string[];
};

/** An image on the engine. */
export type ImageFact = {
	fact: 'image';
	/** `sha256:…` */
	id: string;
	/** `name:tag`, as short as in `docker image ls`; empty for `<none>`. */
	tags: string[];
	/** Layer digests, base first. */
	layers: string[];
	/** Size in bytes, as the engine lists it. */
	bytes: number;
};

/** A container on the engine, with the answers from its published ports if they were probed. */
export type ContainerFact = {
	fact: 'container';
	id: string;
	name: string;
	imageId: string;
	/** As given to `docker run`. */
	image: string;
	state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
	exitCode: number;
	/** Why it could not start, in the engine's words; empty if it could. */
	error: string;
	/** The entry point and arguments that it was started with. */
	command: string[];
	hostname: string;
	/** Its IP addresses in its networks. */
	addresses: string[];
	networkMode: string;
	/** `80/tcp`, … from the image and from `--expose`. */
	exposed: string[];
	published: PublishedPort[];
	/** Set if ports were requested and none is published: its network is closed, or it has left it. */
	isShut?: true;
	/** Milliseconds since 1970, by the engine's clock; `startedAt` is null if it never started. */
	createdAt: number;
	startedAt: number | null;
	/** Last line of its log (stdout or stderr), but an error rather than the usage below it; null if none or not read. */
	lastLogLine: string | null;
	/** Port of its last `Starting up on port N` line; null if there is none or the log was not read. */
	loggedPort: number | null;
	/** One for each address of each TCP port that was probed; empty if none was. */
	answers: Array<Answer & {hostPort: number; containerPort: number}>;
	/** Whether a shipped step made it, according to the ledger. */
	madeByStep: boolean;
	/** What its health check says; `none` without one. Left out if unknown, as the next three. */
	health?: 'starting' | 'healthy' | 'unhealthy' | 'none';
	/** The names of its networks, and of the volumes mounted in it. */
	networks?: string[];
	volumes?: string[];
	/** The last 1000 lines of its log, both streams; only of containers whose log was asked for. */
	log?: string;
};

/** The names of all networks and volumes on the engine; null if unknown. */
type ObjectsFact = {fact: 'objects'; networks: string[] | null; volumes: string[] | null};

/** How the last run of a step ended. */
export type RunFact = {
	fact: 'run';
	stepId: string | null;
	/** Null if it was cancelled or could not start. */
	exitCode: number | null;
	/** Milliseconds since 1970; left out if unknown. Shows which containers were made after a refused run. */
	endedAt?: number;
	/** At most the last 64 KiB of each stream, as text. */
	stdout: string;
	stderr: string;
	builder: Builder | null;
	/** The values that earlier steps had captured; left out if unknown. */
	captured?: Record<string, string>;
	/** Set if the run shows whether the learner has met a challenge. */
	isProof?: true;
	stages: Array<
		Pick<Stage, 'name' | 'status' | 'seconds' | 'began' | 'ended'> & {
			/** The last lines of its output, at most 200, cleaned; left out if unknown. */
			tail?: string[];
			/** Left out if unknown. */
			instructions?: Array<Pick<Instruction, 'text' | 'status'>>;
		}
	>;
	/** Where the build failed; null or left out if it did not. */
	failure?: Pick<BuildFailure, 'stage' | 'line'> | null;
};

type FileFact = {fact: 'file'; path: string /** Null if the file does not exist. */; text: string | null};

/** The stages of a Dockerfile in the lab folder. */
type DockerfileFact = {
	fact: 'dockerfile';
	path: string;
	/** In order; empty if the Dockerfile is missing or can't be parsed. */
	stages: string[];
	/** The stages that a build without a target needs. */
	needed: string[];
	/** Those of `stages` that the Dockerfile itself names. */
	named: string[];
	/** The first mistake in it, with its line, from 1; null if there is none. */
	problem: {line: number; message: string} | null;
};

export type EngineFact = {
	fact: 'engine';
	/** The engine's name in `docker info`, which is the hostname of containers with `--network host`. */
	hostname: string;
	/** The address of published ports: `127.0.0.1`, or that of a remote engine. */
	address: string;
	/** Whether ports are certainly published on this machine: an engine reached by TCP may be at the end of a tunnel. */
	local: boolean;
	/** Set if this program runs in a container, and ports are published on the container's host. */
	inContainer?: true;
	/** Milliseconds since 1970, by the engine's clock, before the first of these facts was read. */
	now: number;
	/** Set if no command ran: the facts were worked out by reading the commands. */
	isSimulated?: true;
};

/** The effect of a command can't be determined by reading it. */
type UnclearFact = {fact: 'unclear' /** A whole sentence. */; reason: string};

/** The engine, or the connection to it, does not work. */
type EngineUnavailableFact = {fact: 'engine-gone'; reason: string};

/** IDs of the images that our runs made, according to the ledger. */
type LedgerFact = {fact: 'ledger'; imageIds: string[]};

export type Fact =
	| ImageFact
	| ContainerFact
	| RunFact
	| FileFact
	| DockerfileFact
	| EngineFact
	| ObjectsFact
	| EngineUnavailableFact
	| UnclearFact
	| LedgerFact;

export type VerdictWord = 'passed' | 'failed' | 'unknown';

/** What was found along the port chain; null or empty if there is no container. */
export type Evidence = {
	container: string | null;
	image: string | null;
	listening: number | null;
	exposed: string[];
	published: PublishedPort[];
	answer: {status: number | null; host: string | null} | null;
};

/** The verdict on one check, or on all checks of a step. */
export type Verdict = {
	verdict: VerdictWord;
	/** `passed`, or the finding of the check that did not pass. */
	finding: string;
	/** One sentence. */
	reason: string;
	/** What to try next; null if there is nothing to do. */
	next: string | null;
	/** Null for all checks but `port-chain`. */
	evidence: Evidence | null;
};
