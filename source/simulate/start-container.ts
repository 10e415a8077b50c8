import type {ContainerFact} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {
	findNamedImage,
	findNetworkOwner,
	type ImageConfig,
	Refusal,
	type SimulatedContainer,
	type SimulatedEngine,
	settle,
	Unclear,
} from './model.js';
import {assignPorts} from './ports.js';

/** The result of a start: the container, and Docker's error if it could not start. */
export type StartResult = {container: SimulatedContainer; error: string | null; exitCode: number};

/** Starts a container as the engine would: network, ports, program. Throws `Unclear` if the result is unknown. */
export const startContainer = (container: SimulatedContainer, engine: SimulatedEngine): StartResult => {
	try {
		return connectAndRun(container, engine);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const {message, exitCode} = error;
		const change = {error: message, exitCode: exitCode === 125 ? 128 : exitCode};
		return {container: settle(container, change), error: message, exitCode};
	}
};

const connectAndRun = (container: SimulatedContainer, engine: SimulatedEngine): StartResult => {
	const {fact} = container;
	const networks = engine.networks.filter(({name}) => container.joined.includes(name));
	const missing = container.joined.find(joined => !networks.some(({name}) => name === joined));
	if (missing !== undefined) throw new Refusal(`network ${missing} not found`);
	const isOpen = networks.some(({internal}) => !internal);
	const published = isOpen ? assignPorts(container, engine) : [];
	const config = findNamedImage(engine, fact.imageId)?.config;
	if (!config) throw new Unclear(messages.simulate.unclear.image(fact.image));
	const run = runProgram(container, config);
	const {listening} = run;
	if (listening !== null && isTaken(listening, container, engine))
		return endProgram(container, engine, 1, `listen tcp :${listening}: bind: address already in use`);
	if (run.exitCode !== null) return endProgram(container, engine, run.exitCode, run.lastLogLine);
	const change: Partial<ContainerFact> = {
		state: 'running',
		error: '',
		exitCode: 0,
		startedAt: engine.now,
		published,
		...(published.length === 0 && container.ports.length > 0 && {isShut: true}),
		addresses: container.joined.length > 0 ? [createAddress(container)] : [],
		lastLogLine: container.hasLog ? run.lastLogLine : null,
		loggedPort: container.hasLog ? listening : null,
	};
	return {container: settle(container, change, listening), error: null, exitCode: 0};
};

/** Ends a program, which restarts if the container's restart policy says so. */
const endProgram = (
	container: SimulatedContainer,
	engine: SimulatedEngine,
	exitCode: number,
	lastLogLine: string | null,
): StartResult => {
	const {restart, hasLog} = container;
	const again =
		/^(?:always|unless-stopped)$/.test(restart) || (restart.startsWith('on-failure') && exitCode > 0);
	const change: Partial<ContainerFact> = {
		state: again ? 'restarting' : 'exited',
		exitCode,
		startedAt: engine.now,
		lastLogLine: hasLog ? lastLogLine : null,
		loggedPort: null,
	};
	return {container: settle(container, change), error: null, exitCode};
};

/** Whether another program already listens on the port, in the container's network. */
const isTaken = (port: number, container: SimulatedContainer, {containers}: SimulatedEngine): boolean =>
	containers.some(
		other =>
			other.fact.id !== container.fact.id &&
			other.fact.state === 'running' &&
			((findNetworkOwner(other) === findNetworkOwner(container) && other.listening === port) ||
				(findNetworkOwner(container) === 'host' &&
					other.fact.published.some(({hostPort, protocol}) => hostPort === port && protocol === 'tcp'))),
	);

/** Returns an address: any will do, as long as each container has its own. */
const createAddress = ({fact}: SimulatedContainer): string => {
	const number = Number.parseInt(fact.id.slice(0, 4), 16);
	return `172.17.${number >> 8}.${number & 255}`;
};

/** The state of a container's program. `exitCode`: null while it runs. */
type ProgramResult = {exitCode: number | null; listening: number | null; lastLogLine: string | null};

const endsWith = (exitCode: number, lastLogLine: string | null = null): ProgramResult => ({
	exitCode,
	listening: null,
	lastLogLine,
});

/** Works out what a container's program does. Throws a `Refusal` if the engine can't start it. */
const runProgram = (container: SimulatedContainer, config: ImageConfig): ProgramResult => {
	const {fact, user, ports, publishAll} = container;
	const [program = '', ...args] = fact.command;
	if (user !== '' && !/^\d+(?::\d+)?$/.test(user) && !config.hasShell && user !== 'root')
		throw new Refusal(`unable to find user ${user.split(':')[0]}: no matching entries in passwd file`);
	// An image with only whoami has no other program to start.
	if (/^\.?\/+whoami$/.test(program)) return runServer(args);
	if (!config.hasShell) throw new Refusal(describeNotFound(program), 127);
	const run = runOther(program, args);
	if (run) return run;
	if (ports.length > 0 || publishAll)
		throw new Unclear(messages.simulate.unclear.program(fact.command.join(' ')));
	// A container without ports has nothing to do with the challenge, so its result does not matter.
	return endsWith(0);
};

const runServer = (args: string[]): ProgramResult => {
	const run = runWhoami(args);
	return run.listens
		? {exitCode: null, listening: run.port, lastLogLine: `Starting up on port ${run.port}`}
		: endsWith(run.exitCode, run.complaint);
};

const describeNotFound = (program: string): string => {
	const why = program.includes('/')
		? `stat ${program}: no such file or directory`
		: 'executable file not found in $PATH';
	return `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${program}": ${why}`;
};

/** Simulates only the best-known other programs; null for the rest. */
const runOther = (program: string, args: string[]): ProgramResult | null => {
	const name = program.split('/').at(-1) ?? '';
	const ends = new Set(['true', 'echo', 'cat', 'ls', 'date', 'hostname', 'uname', 'env', 'id', 'pwd']);
	if (name === 'sleep' || (name === 'tail' && args.includes('-f')))
		return {exitCode: null, listening: null, lastLogLine: null};
	if (name === 'false') return endsWith(1);
	// A shell without a terminal gets no input, and ends.
	return ends.has(name) || (/^(?:ba|a)?sh$/.test(name) && args.length === 0) ? endsWith(0) : null;
};

/**
 * What whoami does with its arguments. `port`: 0 lets the system choose; `complaint`: the log line that explains most.
 */
export type WhoamiResult =
	| {listens: true; port: number}
	| {listens: false; exitCode: number; complaint: string};

const usage = '    \tport to listen on (default 80)';
const failWith = (complaint: string, exitCode: number): WhoamiResult => ({
	listens: false,
	exitCode,
	complaint,
});

/** Parses whoami's arguments as Go's flag package does: up to the first operand; the last `-port` counts. */
export const runWhoami = (args: string[]): WhoamiResult => {
	let port = 80;
	const words = [...args];
	for (let word = words.shift(); word?.startsWith('-'); word = words.shift()) {
		if (word === '-' || word === '--') break;
		const [, name = '', given] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
		// Report the error, which precedes the usage and explains more.
		if (name === '' || name.startsWith('-')) return failWith(`bad flag syntax: ${word}`, 2);
		if (name === 'h' || name === 'help') return failWith(usage, 0);
		if (name !== 'port') return failWith(`flag provided but not defined: -${name}`, 2);
		const text = given ?? words.shift();
		if (text === undefined) return failWith('flag needs an argument: -port', 2);
		const number = parseInteger(text);
		if (number === null) {
			const why = /^[+-]?\d+$/.test(text) ? 'value out of range' : 'parse error';
			return failWith(`invalid value "${text}" for flag -port: ${why}`, 2);
		}
		port = number;
	}
	return port < 0 || port > 65_535
		? failWith(`listen tcp: address ${port}: invalid port`, 1)
		: {listens: true, port};
};

/** Parses an integer as Go does: `5000`, `0x1388`, `0b1`, `0o17`, `017`, `5_000`; null if it is none. */
const parseInteger = (text: string): number | null => {
	const [, sign, digits] = /^([+-]?)(\d\w*)$/.exec(text) ?? [];
	if (digits === undefined) return null;
	const bare = digits.replace(/(?<=\w)_(?=\w)/g, '');
	const number = /^0\d+$/.test(bare) ? Number(`0o${bare.slice(1)}`) : Number(bare);
	return Number.isSafeInteger(number) ? (sign === '-' ? -number : number) : null;
};
