import type {DockerCommand} from '../docker/command.js';
import {findNamedContainer} from './find-named.js';
import {refused, unclear} from './give-result.js';
import type {Simulated, SimulatedContainer, SimulatedEngine} from './model.js';
import {refusalOfName} from './simulate-run.js';
import {startContainer} from './start-container.js';

/** What becomes of one container: null when it is gone; Docker's words; or why it can't be told. */
type Change = {container: SimulatedContainer | null} | {error: string} | {unclear: string};

type Changer = (container: SimulatedContainer, engine: SimulatedEngine, isForced: boolean) => Change;

const isUp = ({fact}: SimulatedContainer): boolean =>
	['running', 'paused', 'restarting'].includes(fact.state);

/** By `SIGTERM` whoami ends well; by force, and every other program, with 137. */
const stopped = (container: SimulatedContainer, exitCode: number): SimulatedContainer => ({
	...container,
	listening: null,
	fact: {...container.fact, state: 'exited', exitCode, published: [], addresses: []},
});

const start: Changer = (container, engine) => {
	if (container.fact.state === 'paused') {
		return {error: 'cannot start a paused container, try unpause instead'};
	}
	if (isUp(container)) return {container};
	const begun = startContainer(container, engine);
	if ('unclear' in begun) return begun;
	if (begun.error !== null) return {error: begun.error};
	return {container: container.removeAtEnd && !isUp(begun.container) ? null : begun.container};
};

const stop: Changer = container => {
	if (!isUp(container)) return {container};
	return {
		container: container.removeAtEnd ? null : stopped(container, container.listening === null ? 137 : 0),
	};
};

const changers: Record<string, Changer> = {
	start,
	stop,
	restart: (container, engine) => start(isUp(container) ? stopped(container, 0) : container, engine, false),
	kill: container => {
		if (!isUp(container)) {
			return {
				error: `cannot kill container: ${container.fact.name}: container ${container.fact.id} is not running`,
			};
		}
		return {container: container.removeAtEnd ? null : stopped(container, 137)};
	},
	pause: container => {
		const {fact} = container;
		if (fact.state === 'paused') return {error: `Container ${fact.id} is already paused`};
		if (fact.state !== 'running') return {error: `container ${fact.id} is not running`};
		return {container: {...container, fact: {...fact, state: 'paused'}}};
	},
	unpause: container => {
		const {fact} = container;
		if (fact.state !== 'paused') return {error: `Container ${fact.id} is not paused`};
		return {container: {...container, fact: {...fact, state: 'running'}}};
	},
	rm: (container, _, isForced) => {
		if (isForced || !isUp(container)) return {container: null};
		const advice =
			container.fact.state === 'paused'
				? 'container is paused and must be unpaused first'
				: 'container is running: stop the container before removing or force remove';
		return {error: `cannot remove container "/${container.fact.name}": ${advice}`};
	},
};

/** The verbs whose arguments are containers. */
export const containerVerbs: ReadonlySet<string> = new Set(Object.keys(changers));

/** `docker rm`, `stop`, `start`, `restart`, `kill`, `pause`, `unpause`: each container by itself, as Docker does. */
export const changeContainers = (
	engine: SimulatedEngine,
	{verb, flags, operands, refusal}: DockerCommand,
): Simulated => {
	const change = changers[verb];
	const help = `\nSee 'docker ${verb} --help'.`;
	if (!change || refusal !== null) {
		return refused(engine, `${refusal ?? `unknown command: ${verb}`}${help}`, 125);
	}
	const signal = flags.last('signal') ?? 'KILL';
	if (verb === 'kill' && !/^(?:SIG)?KILL$|^9$/.test(signal)) {
		return unclear(engine, `What whoami does on the signal ${signal} can’t be told by reading.`);
	}
	if (operands.length === 0)
		return refused(engine, `"docker ${verb}" requires at least 1 argument.${help}`, 1);
	const isForced = flags.isOn('force');
	let after = engine;
	const said: string[] = [];
	const errors: string[] = [];
	for (const name of operands) {
		const container = findNamedContainer(after, name);
		const changed = container ? change(container, after, isForced) : {error: `No such container: ${name}`};
		if ('unclear' in changed) return unclear(engine, changed.unclear);
		if ('error' in changed) {
			errors.push(`Error response from daemon: ${changed.error}`);
			continue;
		}
		said.push(name);
		after = {
			...after,
			containers: after.containers.flatMap(one =>
				one === container ? (changed.container ? [changed.container] : []) : [one],
			),
		};
	}
	return {
		engine: after,
		stdout: said.map(name => `${name}\n`).join(''),
		stderr: errors.map(line => `${line}\n`).join(''),
		exitCode: errors.length > 0 && !(verb === 'rm' && isForced) ? 1 : 0,
		unclear: null,
	};
};

/** `docker rename`. */
export const renameContainer = (engine: SimulatedEngine, [from, to]: string[]): Simulated => {
	if (from === undefined || to === undefined) {
		return refused(engine, '"docker rename" requires exactly 2 arguments.', 1);
	}
	const container = findNamedContainer(engine, from);
	const trouble = container ? refusalOfName(engine, to) : `No such container: ${from}`;
	if (trouble) return refused(engine, `Error response from daemon: ${trouble}`, 1);
	return {
		engine: {
			...engine,
			containers: engine.containers.map(one =>
				one === container ? {...one, fact: {...one.fact, name: to}} : one,
			),
		},
		stdout: '',
		stderr: '',
		exitCode: 0,
		unclear: null,
	};
};
