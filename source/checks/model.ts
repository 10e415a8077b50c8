import type {Builder, BuildFailure, Instruction, Stage} from '../stages/model.js';

/** A published port: where the host listens, and the container port behind it. */
export type PublishedPort = {
	/** `0.0.0.0` and `::` mean any address. */
	hostIp: string;
	hostPort: number;
	containerPort: number;
	protocol: 'tcp' | 'udp' | 'sctp';
};

/** What one HTTP request to a published port brought back. */
export type Answer = {
	/** The address asked: `127.0.0.1:8050`, `[::1]:8050`. */
	address: string;
	/** HTTP status; null when there was no HTTP answer. */
	status: number | null;
	/** First line of the body or the error (`ECONNREFUSED`, `ECONNRESET`, …). */
	firstLine: string;
	/** `Hostname:` and `IP:` lines of a whoami answer; null and empty when it is none. */
	hostname: string | null;
	addresses: string[];
};

/** An image on the engine. */
export type ImageFact = {
	fact: 'image';
	/** `sha256:…` */
	id: string;
	/** `name:tag`, short as `docker image ls` shows them; empty for `<none>`. */
	tags: string[];
	/** Layer digests, base first. */
	layers: string[];
	/** Bytes, as the engine lists it. */
	bytes: number;
};

/** A container on the engine, with the answers on its published ports where they were asked for. */
export type ContainerFact = {
	fact: 'container';
	id: string;
	name: string;
	imageId: string;
	/** As given to `docker run`. */
	image: string;
	state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
	exitCode: number;
	/** Why it could not start, from the engine; empty when it could. */
	error: string;
	/** Entry point and arguments as the container was started with. */
	command: string[];
	hostname: string;
	/** Its addresses in its networks. */
	addresses: string[];
	networkMode: string;
	/** `80/tcp`, … from the image and from `--expose`. */
	exposed: string[];
	published: PublishedPort[];
	/** Ports were asked for and none is published: its network is closed, or it has left it. Left out: they were not. */
	isShut?: true;
	/** Milliseconds since 1970, by the engine's clock; `startedAt` null when it never started. */
	createdAt: number;
	startedAt: number | null;
	/** Last line of its log, stdout or stderr, but what is wrong rather than how it is used; null when there is none or it was not asked for. */
	lastLogLine: string | null;
	/** Port of its last `Starting up on port N` line; null when there is none or it was not asked for. */
	loggedPort: number | null;
	/** One for each address of each published TCP port that was probed; empty when it was not asked for. */
	answers: Array<Answer & {hostPort: number; containerPort: number}>;
	/** True when the ledger says that a shipped step made it. */
	madeByStep: boolean;
};

/** How the last run of a step ended. */
export type RunFact = {
	fact: 'run';
	stepId: string | null;
	/** Null when it was cancelled or could not start. */
	exitCode: number | null;
	/** Milliseconds since 1970; left out when unknown. Tells a refused run from containers made after it. */
	endedAt?: number;
	/** At most the last 64 KiB of each, as text. */
	stdout: string;
	stderr: string;
	builder: Builder | null;
	/** It shows whether the learner has met a challenge. Left out: it does not. */
	isProof?: true;
	stages: Array<
		Pick<Stage, 'name' | 'status' | 'seconds' | 'began' | 'ended'> & {
			/** Left out when it is not known. */
			instructions?: Array<Pick<Instruction, 'text' | 'status'>>;
		}
	>;
	/** Where a build failed. Left out or null when it did not. */
	failure?: Pick<BuildFailure, 'stage' | 'line'> | null;
};

type FileFact = {fact: 'file'; path: string /** Null when it is not there. */; text: string | null};

/** What a Dockerfile in the lab folder says about its stages. */
type DockerfileFact = {
	fact: 'dockerfile';
	path: string;
	/** In order; empty when it is not there or can't be understood. */
	stages: string[];
	/** The stages that a build without a target needs. */
	needed: string[];
};

export type EngineFact = {
	fact: 'engine';
	/** `docker info`'s name: what a container with `--network host` calls itself. */
	hostname: string;
	/** Where published ports are reached: `127.0.0.1`, or the address of a remote engine. */
	address: string;
	/** Whether they are certainly published on this machine: what is behind a TCP port may be a tunnel to another. */
	local: boolean;
	/** This program runs in a container, and ports are published on the container's host. Left out: it does not. */
	inContainer?: true;
	/** Milliseconds since 1970, by the engine's clock, before the first of these facts was read. */
	now: number;
	/** Nothing ran: commands were read, and the facts are what they would have made. Left out: all is real. */
	isSimulated?: true;
};

/** What a command would do can't be told by reading it. */
type UnclearFact = {fact: 'unclear' /** A whole sentence. */; reason: string};

/** The engine or the way to it is out of order. */
type EngineUnavailableFact = {fact: 'engine-gone'; reason: string};

/** Image IDs that the ledger says our runs made. */
type LedgerFact = {fact: 'ledger'; imageIds: string[]};

export type Fact =
	| ImageFact
	| ContainerFact
	| RunFact
	| FileFact
	| DockerfileFact
	| EngineFact
	| EngineUnavailableFact
	| UnclearFact
	| LedgerFact;

export type VerdictWord = 'passed' | 'failed' | 'unknown';

/** One link of the port chain as it was found; all null when there is no container to speak of. */
export type Evidence = {
	container: string | null;
	image: string | null;
	listening: number | null;
	exposed: string[];
	published: PublishedPort[];
	answer: {status: number | null; host: string | null} | null;
};

/** A check, or all checks of a step, judged. */
export type Verdict = {
	verdict: VerdictWord;
	/** `passed`, or the word of the check that did not hold. */
	finding: string;
	/** One sentence. */
	reason: string;
	/** What to try next; null when there is nothing to do. */
	next: string | null;
	/** Only for `port-chain`. */
	evidence: Evidence | null;
};
