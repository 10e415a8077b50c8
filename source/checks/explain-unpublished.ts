import type {ContainerFact} from './model.js';

/** Why no port of the host leads into a container, in one sentence. */
export const explainUnpublished = (
	{name, published, exposed, networkMode, isShut}: ContainerFact,
	listening: number | null,
): string => {
	const [udp] = published;
	if (udp) {
		return `Host port ${udp.hostPort} leads to the container ${name} by ${udp.protocol.toUpperCase()} only, and whoami answers by TCP.`;
	}
	const nobody = `No port of the host leads to${listening === null ? '' : ` port ${listening} of`} the container ${name}`;
	if (networkMode === 'none') return `${nobody}: with \`--network none\` nothing is published.`;
	if (isShut) return `${nobody}: its network${networkName(networkMode)} publishes nothing.`;
	return `${nobody}${exposed.length > 0 ? ` (EXPOSE ${exposed.join(', ')} publishes nothing)` : ''}.`;
};

const networkName = (mode: string): string => (/^(?:default|bridge)$/.test(mode) ? '' : ` ${mode}`);
