import type {Verdict} from './model.js';

export type ChainLink = {text: string; state: 'ok' | 'broken' | 'unreached'};

/**
 * The way from the host's port to whoami's answer, as far as it was found, for a line like
 * `host :8050 → container :5000 → whoami listens on :5000 → answered as 3f2a…`. No links when there is no container.
 */
export const describeChain = ({verdict, finding, evidence}: Verdict): {links: ChainLink[]} => {
	if (!evidence?.container) return {links: []};
	const {published, listening, answer} = evidence;
	const door =
		published.find(({containerPort, protocol}) => protocol === 'tcp' && containerPort === listening) ??
		published.find(({protocol}) => protocol === 'tcp');
	const usesHostNetwork = !door && (finding === 'passed' || answer !== null);
	// What does not run has no ports, whatever it was given.
	const isDown = !door && (finding === 'exited' || finding === 'created-only');
	const texts = [
		door
			? `host :${door.hostPort}`
			: usesHostNetwork
				? `host :${listening}`
				: isDown
					? 'host'
					: 'no port of the host',
		...(usesHostNetwork ? [] : [door ? `container :${door.containerPort}` : 'container']),
		describeProgram(finding, listening),
		answer?.host
			? `answered as ${shortName(answer.host)}`
			: answer?.status
				? `answered with ${answer.status}`
				: 'no answer',
	];
	const broken = door || usesHostNetwork || isDown ? breakAt(finding, texts.length) : 0;
	return {
		links: texts.map((text, index) => ({
			text,
			// Our own trouble breaks no link of the learner's.
			state:
				index < broken
					? isDown
						? 'unreached'
						: 'ok'
					: index === broken && verdict !== 'unknown'
						? 'broken'
						: 'unreached',
		})),
	};
};

/** A container's own name is the beginning of its ID: four digits tell it from others. */
const shortName = (host: string): string => (/^[0-9a-f]{12}$/.test(host) ? `${host.slice(0, 4)}…` : host);

const describeProgram = (finding: string, listening: number | null): string => {
	if (finding === 'exited') return 'whoami has stopped';
	if (finding === 'paused') return 'whoami is paused';
	if (finding === 'created-only') return 'whoami was never started';
	return listening === null ? 'whoami' : `whoami listens on :${listening}`;
};

/** Which link each finding breaks, from 0. */
const breakAt = (finding: string, count: number): number => {
	switch (finding) {
		case 'passed':
			return count;
		case 'published-wrong-port':
			return count - 3;
		case 'default-port':
		case 'exited':
		case 'created-only':
		case 'paused':
			return count - 2;
		case 'no-answer':
		case 'http-error':
		case 'answered-by-another':
		case 'unreachable-host':
		case 'waiting':
			return count - 1;
		default:
			return 0;
	}
};
