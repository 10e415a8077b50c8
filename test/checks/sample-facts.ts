import type {
	ContainerFact,
	EngineFact,
	ImageFact,
	PublishedPort,
	RunFact,
} from '../../source/checks/model.js';

/** The moment at which sample facts are read. */
export const now = 1_800_000_000_000;

export const engine = (change: Partial<EngineFact> = {}): EngineFact => ({
	fact: 'engine',
	hostname: 'laptop',
	address: '127.0.0.1',
	local: true,
	now,
	...change,
});

export const image = (name: string | null, change: Partial<ImageFact> = {}): ImageFact => ({
	fact: 'image',
	id: `sha256:${name}`,
	tags: name === null ? [] : [`${name}:latest`],
	layers: [`${name}-layer`],
	bytes: 6_570_000,
	...change,
});

/** A whoami that runs with `-port 5000` since a minute, published nowhere. */
export const container = (change: Partial<ContainerFact> = {}): ContainerFact => ({
	fact: 'container',
	id: '3f2a9c0d1e2f4a5b',
	name: 'mine',
	imageId: 'sha256:whoami',
	image: 'whoami',
	state: 'running',
	exitCode: 0,
	error: '',
	command: ['/app/whoami', '-port', '5000'],
	hostname: '3f2a9c0d1e2f',
	addresses: ['172.17.0.2'],
	networkMode: 'bridge',
	exposed: ['80/tcp'],
	published: [],
	createdAt: now - 60_000,
	startedAt: now - 60_000,
	lastLogLine: 'Starting up on port 5000',
	loggedPort: 5000,
	answers: [],
	madeByStep: false,
	...change,
});

/** As Docker publishes: on any address, of both kinds. */
export const published = (hostPort: number, containerPort: number): PublishedPort[] =>
	['0.0.0.0', '::'].map(hostIp => ({hostIp, hostPort, containerPort, protocol: 'tcp'}));

type PortAnswer = ContainerFact['answers'][number];

/** The answer of the sample container's whoami. */
export const answer = (
	hostPort: number,
	containerPort: number,
	change: Partial<PortAnswer> = {},
): PortAnswer => ({
	address: `127.0.0.1:${hostPort}`,
	status: 200,
	firstLine: 'Hostname: 3f2a9c0d1e2f',
	hostname: '3f2a9c0d1e2f',
	addresses: ['127.0.0.1', '172.17.0.2', '::1'],
	hostPort,
	containerPort,
	...change,
});

/** What a probe brings back when there is no answer. */
export const silence = (hostPort: number, containerPort: number, error = 'ECONNRESET'): PortAnswer =>
	answer(hostPort, containerPort, {status: null, firstLine: error, hostname: null, addresses: []});

export const run = (change: Partial<RunFact> = {}): RunFact => ({
	fact: 'run',
	stepId: 'step',
	exitCode: 0,
	stdout: '',
	stderr: '',
	builder: null,
	stages: [],
	...change,
});
