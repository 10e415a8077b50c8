import {createServer} from 'node:net';
import type {OpenWorkshop} from '../../app/open-workshop.js';
import {type ExistingObjects, listNamedImages} from '../../engine/inspect-engine.js';
import type {LedgerEntry} from '../../ownership/ledger.js';
import {isOurContainer, isOurName} from '../../ownership/rules.js';
import {planArgv, planRun, type RunPlan} from '../../session/plan/run-plan.js';
import {UserError} from '../../text/user-error.js';
import {failed, type Judgement, type ProbeResult, passed, unknown, warning} from '../finding.js';

/** What the commands of a workshop and of its solutions take for themselves. */
export type Requirements = {
	/** `name:tag` each. */
	imageNames: string[];
	containerNames: string[];
	hostPorts: number[];
	callsCurl: boolean;
};

/** What a workshop will want of the machine, by its commands alone. */
export const listRequirements = ({workshop, solutionOf}: OpenWorkshop): Requirements => {
	const cli = {version: '', buildx: null};
	const plans = workshop.chapters.flatMap(({steps}) =>
		steps.flatMap(({id, kind, command}): RunPlan[] => {
			if (kind === 'challenge')
				return solutionCommands(solutionOf, id).map(argv => planArgv(argv, 'buildkit', cli));
			return command === null ? [] : [planRun(command, 'buildkit', cli)];
		}),
	);
	return {
		imageNames: unique(
			plans.flatMap(({makes}) => makes.flatMap(({names, images}) => (images === 'pull' ? [] : names))),
		),
		containerNames: unique(plans.flatMap(({container}) => container?.name ?? [])),
		hostPorts: unique(plans.flatMap(({docker}) => docker?.flags.all('publish') ?? []).flatMap(parseHostPort)),
		callsCurl: plans.some(({argv}) => argv[0] === 'curl'),
	};
};

const solutionCommands = (solutionOf: OpenWorkshop['solutionOf'], stepId: string): string[][] => {
	try {
		return solutionOf(stepId).commands;
	} catch (error) {
		// A challenge without a solution wants nothing.
		if (error instanceof UserError) return [];
		throw error;
	}
};

/** `-p 8050:5000`, `-p 127.0.0.1:8050:5000/tcp`; with the container's port alone the engine picks one. */
const parseHostPort = (published: string): number[] => {
	const port = /(?:^|:)(\d+):\d+(?:\/\w+)?$/.exec(published)?.[1];
	return port === undefined ? [] : [Number(port)];
};

const unique = <Item>(items: Item[]): Item[] => [...new Set(items)];

/** Do images or containers of the learner's have names that the workshop gives? `entries`: of the engine's ledger. */
export const judgeNames = (
	{imageNames, containerNames}: Pick<Requirements, 'imageNames' | 'containerNames'>,
	things: ProbeResult<ExistingObjects> | null,
	entries: LedgerEntry[],
): Judgement => {
	if (!things?.value) return unknown(things?.trouble?.reason ?? 'There is no engine to look on.');
	const {images, containers} = things.value;
	const taken = imageNames.filter(name => {
		const id = images[name];
		return id !== undefined && !isOurName(entries, name, id);
	});
	const known = {entries, images: listNamedImages(things.value)};
	const held = containers.filter(
		container => containerNames.includes(container.name) && !isOurContainer(container, known),
	);
	if (taken.length === 0 && held.length === 0)
		return passed('No image or container of yours has a name that the workshop gives.');
	const reasons = [
		...(taken.length > 0
			? [
					taken.length === 1
						? `The image ${taken[0]} is yours, and the workshop gives that name too.`
						: `The images ${taken.join(', ')} are yours, and the workshop gives those names too.`,
				]
			: []),
		...held.map(({name}) => `A container of yours is called ${name}, so a step can’t use the name.`),
	];
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
};

/**
 * Are the host ports free that commands of the workshop name? `listening`: those of them on which a program of this
 * machine listens; null when the engine is on another one.
 */
export const judgePorts = (
	wanted: number[],
	listening: number[] | null,
	{things, entries}: {things: ProbeResult<ExistingObjects> | null; entries: LedgerEntry[]},
): Judgement => {
	if (wanted.length === 0) return passed('The engine picks the host ports itself: none has to be free.');
	const containers = things?.value?.containers ?? [];
	const images = things?.value ? listNamedImages(things.value) : [];
	const conflicts = wanted.flatMap((port): Array<{port: number; holder: string | null}> => {
		const holder = containers.find(({hostPorts}) => hostPorts.includes(port));
		if (holder) return isOurContainer(holder, {entries, images}) ? [] : [{port, holder: holder.name}];
		return listening?.includes(port) ? [{port, holder: null}] : [];
	});
	const [conflict] = conflicts;
	if (conflict) {
		const {port, holder} = conflict;
		return failed(
			`Port ${port} of the host, which the workshop publishes, is taken by ${holder === null ? 'another program' : `your container ${holder}`}.`,
			holder === null
				? `end the program that listens on port ${port}`
				: `stop it for now: \`docker stop ${holder}\``,
		);
	}
	if (!things?.value || listening === null)
		return unknown(`Whether port ${wanted.join(', ')} is free where the engine runs can’t be told.`);
	return passed(`Port ${wanted.join(', ')} of the host is free.`);
};

/** Those of the ports on which a program of this machine listens already. */
export const listeningPorts = async (ports: number[]): Promise<number[]> => {
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
