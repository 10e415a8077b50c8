import type {ContainerFact} from '../checks/model.js';
import {askEngine, busyPatience} from './ask-engine.js';
import {toContainerFact} from './container-fact.js';
import {mapLimited} from './map-limited.js';
import type {Reached} from './reach-daemon.js';

/**
 * All containers, stopped ones too, without logs and answers. `stepContainerIds`: those that shipped steps made.
 * Rejects when the daemon does not answer.
 */
export const readContainers = async (
	{docker, nameOf}: Pick<Reached, 'docker' | 'nameOf'>,
	stepContainerIds: string[],
): Promise<ContainerFact[]> => {
	const listed = await askEngine(() => docker.listContainers({all: true}), busyPatience);
	if (!Array.isArray(listed)) throw new Error('it does not answer like a Docker engine');
	const facts = await mapLimited(listed, async ({Id}) => {
		try {
			const info = await askEngine(() => docker.getContainer(Id).inspect(), busyPatience);
			const madeByStep = stepContainerIds.some(id => id !== '' && Id.startsWith(id));
			return toContainerFact(info, {madeByStep, nameOf});
		} catch (error) {
			// Removed since the list was made.
			if ((error as {statusCode?: number}).statusCode === 404) return null;
			throw error;
		}
	});
	const there = facts.filter(fact => fact !== null);
	return there.map(fact => withNetwork(fact, there));
};

/** With `--network container:…` both have the other's addresses and published ports. */
const withNetwork = (fact: ContainerFact, all: ContainerFact[]): ContainerFact => {
	const [, owner] = /^container:(.+)$/.exec(fact.networkMode) ?? [];
	const other = all.find(({id, name}) => id === owner || name === owner);
	return other ? {...fact, addresses: other.addresses, published: other.published} : fact;
};
