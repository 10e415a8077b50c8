import type {ContainerFact} from '../checks/model.js';
import {findNamedImage} from './find-named.js';
import {givePorts} from './give-ports.js';
import type {SimulatedContainer, SimulatedEngine} from './model.js';
import {placeOf} from './place-of.js';
import {type ProgramRun, runProgram} from './run-program.js';

/** A start: what the container is then, and Docker's words when it could not start; or why it can't be told. */
export type Start =
	| {container: SimulatedContainer; error: string | null; exitCode: number}
	| {unclear: string};

/** Starts a container as the engine would: network, ports, program. */
export const startContainer = (container: SimulatedContainer, engine: SimulatedEngine): Start => {
	const {fact} = container;
	const networks = engine.networks.filter(({name}) => container.joined.includes(name));
	const missing = container.joined.find(joined => !networks.some(({name}) => name === joined));
	if (missing !== undefined) return failedStart(container, `network ${missing} not found`, 125);
	const isOpen = networks.some(({internal}) => !internal);
	const given = isOpen ? givePorts(container, engine) : {published: []};
	if ('unclear' in given) return given;
	if ('error' in given) return failedStart(container, given.error, 125);
	const config = findNamedImage(engine, fact.imageId)?.config;
	if (!config) return {unclear: `What the image ${fact.image} starts can’t be told by reading.`};
	const run = runProgram(container, config);
	if ('unclear' in run) {
		// Nobody is judged by a container that has nothing to do with the challenge.
		return container.ports.length > 0 || container.publishAll ? run : ended(container, engine, 0, null);
	}
	if (run.runs === null) return failedStart(container, run.error, run.exitCode);
	if (!run.runs) return ended(container, engine, run.exitCode, run.lastLogLine);
	if (run.listening !== null && isTaken(run.listening, container, engine)) {
		return ended(container, engine, 1, `listen tcp :${run.listening}: bind: address already in use`);
	}
	return running(container, engine, run, given.published);
};

const running = (
	container: SimulatedContainer,
	engine: SimulatedEngine,
	{listening, lastLogLine}: Extract<ProgramRun, {runs: true}>,
	published: ContainerFact['published'],
): Start => ({
	container: {
		...container,
		listening,
		fact: {
			...container.fact,
			state: 'running',
			error: '',
			exitCode: 0,
			startedAt: engine.now,
			published,
			...(published.length === 0 && container.ports.length > 0 ? {isShut: true} : {}),
			addresses: container.joined.length > 0 ? [addressOf(container)] : [],
			lastLogLine: container.hasLog ? lastLogLine : null,
			loggedPort: container.hasLog ? listening : null,
		},
	},
	error: null,
	exitCode: 0,
});

/** A program that ends is started again where the container says so. */
const ended = (
	container: SimulatedContainer,
	engine: SimulatedEngine,
	exitCode: number,
	lastLogLine: string | null,
): Start => {
	const {restart, hasLog, fact} = container;
	const again =
		/^(?:always|unless-stopped)$/.test(restart) || (restart.startsWith('on-failure') && exitCode > 0);
	return {
		container: {
			...container,
			listening: null,
			fact: {
				...fact,
				state: again ? 'restarting' : 'exited',
				exitCode,
				startedAt: engine.now,
				published: [],
				addresses: [],
				lastLogLine: hasLog ? lastLogLine : null,
				loggedPort: null,
			},
		},
		error: null,
		exitCode,
	};
};

const failedStart = (container: SimulatedContainer, error: string, exitCode: number): Start => ({
	container: {
		...container,
		listening: null,
		fact: {
			...container.fact,
			error,
			exitCode: exitCode === 125 ? 128 : exitCode,
			published: [],
			addresses: [],
		},
	},
	error,
	exitCode,
});

/** Whether another program listens there already, as seen from where the container stands. */
const isTaken = (port: number, container: SimulatedContainer, {containers}: SimulatedEngine): boolean =>
	containers.some(
		other =>
			other.fact.id !== container.fact.id &&
			other.fact.state === 'running' &&
			((placeOf(other) === placeOf(container) && other.listening === port) ||
				(placeOf(container) === 'host' &&
					other.fact.published.some(({hostPort, protocol}) => hostPort === port && protocol === 'tcp'))),
	);

/** Any address will do, as long as each container has its own. */
const addressOf = ({fact}: SimulatedContainer): string => {
	const number = Number.parseInt(fact.id.slice(0, 4), 16);
	return `172.17.${number >> 8}.${number & 255}`;
};
