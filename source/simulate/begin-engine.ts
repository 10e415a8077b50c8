import {parseDockerfile} from '../build/parse-dockerfile.js';
import type {Fact} from '../checks/model.js';
import {imageName} from '../text/image-name.js';
import type {ImageConfig, SimulatedContainer, SimulatedEngine} from './model.js';
import {emptyConfig, readConfig} from './read-config.js';
import {knownConfig} from './simulate-build.js';

/** A build that the workshop ships: which name it gives to what. */
export type ShippedBuild = {tag: string; dockerfile: string; target: string | undefined; text: string};

/** The engine as a recording left it, ready to be thought on. `builds`: where its images come from. */
export const beginEngine = (facts: Fact[], builds: ShippedBuild[]): SimulatedEngine => {
	const engine = facts.find(fact => fact.fact === 'engine');
	return {
		images: facts
			.filter(fact => fact.fact === 'image')
			.map(fact => {
				const build = builds.find(({tag}) => fact.tags.includes(imageName(tag)));
				const graph = build && parseDockerfile(build.text, {target: build.target});
				return {
					fact,
					config: graph
						? readConfig(graph, new Map(), baseConfig)
						: (fact.tags.map(knownConfig).find(Boolean) ?? null),
					source: build && graph ? {dockerfile: build.dockerfile, target: graph.target} : null,
				};
			}),
		containers: facts.filter(fact => fact.fact === 'container').map(asRecorded),
		networks: [{name: 'bridge', internal: false}],
		hostname: engine?.hostname ?? '',
		now: engine?.now ?? 0,
		made: 0,
	};
};

const baseConfig = (image: string): ImageConfig | null =>
	image === 'scratch' ? emptyConfig : knownConfig(image);

/** A container that really ran: what it was asked for is what it got. */
const asRecorded = (fact: Extract<Fact, {fact: 'container'}>): SimulatedContainer => ({
	fact,
	ports: fact.published
		.filter(({hostIp}) => hostIp !== '::')
		.map(({hostIp, hostPort, containerPort, protocol}) => ({
			hostIp: hostIp === '0.0.0.0' ? '' : hostIp,
			hostPorts: [hostPort, hostPort],
			containerPort,
			protocol,
		})),
	publishAll: false,
	restart: 'no',
	removeAtEnd: false,
	hasLog: true,
	user: '',
	joined: fact.networkMode === 'default' ? ['bridge'] : [fact.networkMode],
	listening: fact.state === 'running' ? (fact.loggedPort ?? firstExposed(fact.exposed)) : null,
});

const firstExposed = ([first]: string[]): number | null =>
	first === undefined ? null : Number.parseInt(first, 10);
