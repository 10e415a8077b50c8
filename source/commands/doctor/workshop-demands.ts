import {planArgv, planRun, type RunPlan} from '../../session/perform/plan-run.js';
import {UserError} from '../../text/user-error.js';
import type {OpenWorkshop} from '../open-workshop.js';

/** What the commands of a workshop and of its solutions take for themselves. */
export type Demands = {
	/** `name:tag` each. */
	imageNames: string[];
	containerNames: string[];
	hostPorts: number[];
	callsCurl: boolean;
};

/** What a workshop will want of the machine, by its commands alone. */
export const demandsOf = ({workshop, solutionOf}: OpenWorkshop): Demands => {
	const cli = {version: '', buildx: null};
	const plans = workshop.chapters.flatMap(({steps}) =>
		steps.flatMap(({id, kind, command}): RunPlan[] => {
			if (kind === 'challenge')
				return commandsOf(solutionOf, id).map(argv => planArgv(argv, 'buildkit', cli));
			return command === null ? [] : [planRun(command, 'buildkit', cli)];
		}),
	);
	return {
		imageNames: unique(
			plans.flatMap(({makes}) => makes.flatMap(({names, images}) => (images === 'pull' ? [] : names))),
		),
		containerNames: unique(plans.flatMap(({container}) => container?.name ?? [])),
		hostPorts: unique(plans.flatMap(({docker}) => docker?.flags.all('publish') ?? []).flatMap(hostPortsOf)),
		callsCurl: plans.some(({argv}) => argv[0] === 'curl'),
	};
};

const commandsOf = (solutionOf: OpenWorkshop['solutionOf'], stepId: string): string[][] => {
	try {
		return solutionOf(stepId).commands;
	} catch (error) {
		// A challenge without a solution wants nothing.
		if (error instanceof UserError) return [];
		throw error;
	}
};

/** `-p 8050:5000`, `-p 127.0.0.1:8050:5000/tcp`; with the container's port alone the engine picks one. */
const hostPortsOf = (published: string): number[] => {
	const port = /(?:^|:)(\d+):\d+(?:\/\w+)?$/.exec(published)?.[1];
	return port === undefined ? [] : [Number(port)];
};

const unique = <Item>(items: Item[]): Item[] => [...new Set(items)];
