import parseArgsStringToArgv from 'string-argv';
import {parseDockerCommand} from '../docker/command.js';
import {readEffects} from '../docker/effects.js';
import {UserError} from '../text/user-error.js';
import {isChallenge} from '../workshop/steps.js';
import type {DoctorTarget} from './machine.js';

/** What the commands of a workshop and of its solutions need on the machine. */
export const listRequirements = ({workshop, solutionOf}: Pick<DoctorTarget, 'workshop' | 'solutionOf'>) => {
	const commands = workshop.chapters.flatMap(({steps}) =>
		steps.flatMap(step => {
			const {id, command, setup} = step;
			const own = [...setup, ...(command === null ? [] : [command])].map(line => parseArgsStringToArgv(line));
			return isChallenge(step) ? [...own, ...readSolution(solutionOf, id)] : own;
		}),
	);
	const dockerCommands = commands.flatMap(argv => parseDockerCommand(argv) ?? []);
	const effects = dockerCommands.map(readEffects);
	return {
		/** Each as `name:tag`. */
		imageNames: unique(effects.flatMap(({names, images}) => (images === 'pull' ? [] : names))),
		containerNames: unique(effects.flatMap(({container}) => container?.name ?? [])),
		hostPorts: unique(dockerCommands.flatMap(({flags}) => flags.all('publish').flatMap(parseHostPort))),
		callsCurl: commands.some(([program]) => program === 'curl'),
	};
};

/** The commands of a challenge's solution; none if it has no solution. */
const readSolution = (solutionOf: DoctorTarget['solutionOf'], stepId: string): string[][] => {
	try {
		return solutionOf(stepId).commands;
	} catch (error) {
		if (error instanceof UserError) return [];
		throw error;
	}
};

/** The host port in `8050:5000` or `127.0.0.1:8050:5000/tcp`; none for `5000`, where the engine picks one. */
const parseHostPort = (published: string): number[] => {
	const port = /(?:^|:)(\d+):\d+(?:\/\w+)?$/.exec(published)?.[1];
	return port === undefined ? [] : [Number(port)];
};

const unique = <Item>(items: Item[]): Item[] => [...new Set(items)];
