import {createServer} from 'node:net';
import type {ExistingObjects} from '../../engine/inspect-engine.js';
import type {LedgerEntry} from '../../ownership/ledger.js';
import {isOurContainer, isOurName, type KnownImage} from '../../ownership/rules.js';
import {defineFinding, failed, passed, unknown, warning} from '../finding.js';
import {listRequirements} from '../requirements.js';

/** Do images or containers of the learner's have names that the workshop gives? */
export const names = defineFinding({
	id: 'names',
	probe: async machine => ({
		...listRequirements(machine),
		objects: await machine.objects,
		ledgerEntries: await machine.ledgerEntries,
	}),
	judge({imageNames, containerNames, objects, ledgerEntries}) {
		if (!objects?.value) return unknown(objects?.trouble?.reason ?? 'There is no engine to look on.');
		const {images, containers} = objects.value;
		const taken = imageNames.filter(name => {
			const id = images[name];
			return id !== undefined && !isOurName(ledgerEntries, name, id);
		});
		const isOurs = recognizeContainers(objects.value, ledgerEntries);
		const held = containers.filter(one => containerNames.includes(one.name) && !isOurs(one));
		if (taken.length === 0 && held.length === 0)
			return passed('No image or container of yours has a name that the workshop gives.');
		const reasons = held.map(
			({name}) => `A container of yours is called ${name}, so a step can’t use the name.`,
		);
		if (taken.length === 1)
			reasons.unshift(`The image ${taken[0]} is yours, and the workshop gives that name too.`);
		if (taken.length > 1)
			reasons.unshift(`The images ${taken.join(', ')} are yours, and the workshop gives those names too.`);
		const [container] = held;
		if (container) {
			const next = `rename it for now: \`docker rename ${container.name} ${container.name}-mine\``;
			return failed(reasons.join(' '), next);
		}
		// The build asks first, so it is no obstacle.
		return warning(
			reasons.join(' '),
			`the build asks before it takes the name, and clean-up gives it back; to keep the image under another name as well: \`docker tag ${taken[0]} mine\``,
		);
	},
});

/** Are the host ports free that commands of the workshop name? */
export const ports = defineFinding({
	id: 'ports',
	isOptional: true,
	async probe(machine) {
		const {hostPorts} = listRequirements(machine);
		const {value} = await machine.engine;
		const isHere = value === null || (value.local && !value.inContainer);
		return {
			hostPorts,
			/** Those on which a program of this machine listens; null when the engine is on another one. */
			listening: isHere ? await findListeningPorts(hostPorts) : null,
			objects: (await machine.objects)?.value ?? null,
			ledgerEntries: await machine.ledgerEntries,
		};
	},
	judge({hostPorts, listening, objects, ledgerEntries}) {
		if (hostPorts.length === 0) return passed('The engine picks the host ports itself: none has to be free.');
		const isOurs = objects && recognizeContainers(objects, ledgerEntries);
		for (const port of hostPorts) {
			const holder = objects?.containers.find(one => one.hostPorts.includes(port));
			if (holder ? isOurs?.(holder) : !listening?.includes(port)) continue;
			return failed(
				`Port ${port} of the host, which the workshop publishes, is taken by ${holder ? `your container ${holder.name}` : 'another program'}.`,
				holder
					? `stop it for now: \`docker stop ${holder.name}\``
					: `end the program that listens on port ${port}`,
			);
		}
		if (!objects || listening === null)
			return unknown(`Whether port ${hostPorts.join(', ')} is free where the engine runs can’t be told.`);
		return passed(`Port ${hostPorts.join(', ')} of the host is free.`);
	},
});

/** Tells our containers from the learner's. Images without a name and layers are not asked for. */
const recognizeContainers = ({images}: ExistingObjects, entries: LedgerEntry[]) => {
	const known = [...new Set(Object.values(images))].map(
		(id): KnownImage => ({id, tags: Object.keys(images).filter(name => images[name] === id), layers: []}),
	);
	return (container: ExistingObjects['containers'][number]): boolean =>
		isOurContainer(container, {entries, images: known});
};

/** Those of the ports on which a program of this machine listens already. */
const findListeningPorts = async (ports: number[]): Promise<number[]> => {
	const taken = await Promise.all(ports.map(isTaken));
	return ports.filter((_, index) => taken[index]);
};

/** As the engine does: on all addresses. */
const isTaken = async (port: number): Promise<boolean> =>
	new Promise(resolve => {
		const server = createServer();
		server.once('error', error => resolve((error as NodeJS.ErrnoException).code === 'EADDRINUSE'));
		server.listen({port, exclusive: true}, () => server.close(() => resolve(false)));
	});
