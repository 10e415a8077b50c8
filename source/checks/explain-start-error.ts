import type {ContainerFact} from './model.js';

/**
 * Why a container was created but could not start, told by the engine's words and by which other container has the
 * host port. One sentence, and what to try.
 */
export const explainStartError = (
	container: ContainerFact,
	containers: ContainerFact[],
): {reason: string; next: string} => {
	const {name, error} = container;
	const remove = `remove it with \`docker rm ${name}\``;
	const [, address = '', digits = ''] = hostAddress.exec(error) ?? [];
	const port = Number(digits);
	if (/cannot assign requested address/.test(error)) {
		return {
			reason: `The container ${name} could not start: ${address} is no address of this machine.`,
			next: `${remove}, then publish without an address: \`-p ${port}:<container port>\``,
		};
	}
	if (port > 0) {
		const holder = containers.find(
			({id, published}) => id !== container.id && published.some(({hostPort}) => hostPort === port),
		);
		const by = holder ? `the container ${holder.name}` : 'another program';
		const reason = /access permissions/.test(error)
			? `The container ${name} could not start: the system does not give host port ${port} away.`
			: `The container ${name} could not start: host port ${port} is taken by ${by}.`;
		return {
			reason,
			next: `${remove}, then run it again with another host port, like ${freePort(port, containers)}`,
		};
	}
	const program = /exec: "([^"]+)": (?:executable file not found|stat)/.exec(error)?.[1];
	return {
		reason: program
			? `The container ${name} could not start: its image has no program \`${program}\`.`
			: `The container ${name} could not start: ${error.trim().replace(/\.$/, '')}.`,
		next: `${remove}, then look at what comes after the image name`,
	};
};

/** `Bind for 0.0.0.0:8050`, `listen tcp4 0.0.0.0:8050`, `host port for 0.0.0.0:8050`, `exposing port TCP 0.0.0.0:8050`. */
const hostAddress = /(?:Bind for|host port(?: for)?|listen \w+|exposing port \w+) (\[[^\]]*\]|[\d.]*):(\d+)/i;

const freePort = (taken: number, containers: ContainerFact[]): number => {
	const used = new Set(containers.flatMap(({published}) => published.map(({hostPort}) => hostPort)));
	let port = taken < 65_000 ? taken + 1 : 8050;
	while (used.has(port)) port += 1;
	return port;
};
