import {createServer} from 'node:net';
import type {ExistingObjects} from '../../engine/inspect-engine.js';
import {messages} from '../../messages/index.js';
import type {LedgerEntry} from '../../ownership/ledger.js';
import {isOurContainer, isOurName, type KnownImage} from '../../ownership/rules.js';
import {defineFinding, failed, passed, unknown} from '../finding.js';
import {listRequirements} from '../requirements.js';

/** Do the learner's images or containers have names that the workshop uses? */
export const names = defineFinding({
	id: 'names',
	probe: async machine => ({
		...listRequirements(machine),
		objects: await machine.objects,
		ledgerEntries: await machine.ledgerEntries,
	}),
	judge({imageNames, containerNames, objects, ledgerEntries}) {
		if (!objects?.value) return unknown(objects?.trouble?.reason ?? messages.doctor.noEngineToLookOn);
		const say = messages.doctor.names;
		const {images, containers} = objects.value;
		const taken = imageNames.filter(name => {
			const id = images[name];
			return id !== undefined && !isOurName(ledgerEntries, name, id);
		});
		const isOurs = recognizeContainers(objects.value, ledgerEntries);
		const held = containers.filter(one => containerNames.includes(one.name) && !isOurs(one));
		const reason = [
			...(taken.length > 0 ? [say.images(taken)] : []),
			...held.map(({name}) => say.container(name)),
		].join(' ');
		if (held[0]) return failed({reason, next: say.renameContainer(held[0].name)});
		// Not an obstacle, because the build asks first.
		return passed(taken[0] === undefined ? say.free : {reason, next: say.tagImage(taken[0])});
	},
});

/** Are the host ports that the workshop's commands publish free? */
export const ports = defineFinding({
	id: 'ports',
	isOptional: true,
	async probe(machine) {
		const {hostPorts} = listRequirements(machine);
		const {value} = await machine.engine;
		const isHere = value === null || (value.local && !value.inContainer);
		return {
			hostPorts,
			/** Ports on which a program of this machine listens; null if the engine is elsewhere. */
			listening: isHere ? (await Promise.all(hostPorts.map(findIfTaken))).flat() : null,
			objects: (await machine.objects)?.value ?? null,
			ledgerEntries: await machine.ledgerEntries,
		};
	},
	judge({hostPorts, listening, objects, ledgerEntries}) {
		const say = messages.doctor.ports;
		if (hostPorts.length === 0) return passed(say.none);
		const isOurs = objects && recognizeContainers(objects, ledgerEntries);
		for (const port of hostPorts) {
			const holder = objects?.containers.find(one => one.hostPorts.includes(port));
			if (holder ? isOurs?.(holder) : !listening?.includes(port)) continue;
			return failed(holder ? say.byContainer(port, holder.name) : say.byProgram(port));
		}
		const ports = hostPorts.map(String);
		return objects && listening !== null ? passed(say.free(ports)) : unknown(say.unknown(ports));
	},
});

/** Returns a test for containers of ours. It knows neither unnamed images nor layers. */
const recognizeContainers = ({images}: ExistingObjects, entries: LedgerEntry[]) => {
	const known = [...new Set(Object.values(images))].map(
		(id): KnownImage => ({id, tags: Object.keys(images).filter(name => images[name] === id), layers: []}),
	);
	return (container: ExistingObjects['containers'][number]): boolean =>
		isOurContainer(container, {entries, images: known});
};

/** The port if a program of this machine listens on it, else nothing. Tests all addresses, as the engine does. */
const findIfTaken = async (port: number): Promise<number[]> =>
	new Promise(resolve => {
		const server = createServer();
		server.once('error', error =>
			resolve((error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? [port] : []),
		);
		server.listen({port, exclusive: true}, () => server.close(() => resolve([])));
	});
