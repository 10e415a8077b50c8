import type {ContainerFact, PublishedPort} from '../checks/model.js';
import {findNamedContainer} from './find-named.js';
import {done, refused} from './give-result.js';
import type {Simulated, SimulatedEngine} from './model.js';

/** `docker ps`: which containers there would be. */
export const showContainers = (engine: SimulatedEngine, args: string[]): Simulated => {
	const isAll = args.some(arg => arg === '--all' || /^-[a-z]*a/.test(arg));
	const shown = engine.containers.filter(({fact}) => isAll || fact.state !== 'exited');
	const rows = shown.map(({fact}) => [
		fact.id.slice(0, 12),
		fact.image,
		fact.state === 'exited' ? `exited (${fact.exitCode})` : fact.state,
		fact.published.map(describePort).join(', '),
		fact.name,
	]);
	return done(engine, table([['CONTAINER ID', 'IMAGE', 'STATUS', 'PORTS', 'NAMES'], ...rows]));
};

/** `docker port`. */
export const showPorts = (engine: SimulatedEngine, [name = '', wanted]: string[]): Simulated => {
	const container = findNamedContainer(engine, name);
	if (!container) return refused(engine, `Error response from daemon: No such container: ${name}`, 1);
	const door = wanted === undefined ? null : wanted.includes('/') ? wanted : `${wanted}/tcp`;
	const ports = container.fact.published.filter(port => door === null || keyOf(port) === door);
	if (door !== null && ports.length === 0) {
		return refused(engine, `Error: No public port '${door}' published for ${name}`, 1);
	}
	return done(
		engine,
		ports.map(port => (door === null ? `${keyOf(port)} -> ${hostOf(port)}` : hostOf(port))).join('\n'),
	);
};

/** `docker logs`: the last line is all that is known. */
export const showLog = (engine: SimulatedEngine, args: string[]): Simulated => {
	const name = args.findLast(arg => !arg.startsWith('-')) ?? '';
	const container = findNamedContainer(engine, name);
	if (!container) return refused(engine, `Error response from daemon: No such container: ${name}`, 1);
	return done(engine, container.fact.lastLogLine ?? '');
};

const keyOf = ({containerPort, protocol}: PublishedPort): string => `${containerPort}/${protocol}`;

const hostOf = ({hostIp, hostPort}: PublishedPort): string =>
	hostIp.includes(':') ? `[${hostIp}]:${hostPort}` : `${hostIp}:${hostPort}`;

const describePort = (port: ContainerFact['published'][number]): string => `${hostOf(port)}->${keyOf(port)}`;

const table = (rows: string[][]): string => {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
	return rows
		.map(row =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('   ')
				.trimEnd(),
		)
		.join('\n');
};
