import type {Overlay, Workshop} from './model.js';

/** Everything that a workshop would run by itself: commands of steps in order, and of solutions; each once. */
export const listCommands = (
	{chapters}: Workshop,
	solutionOf: (challengeId: string) => Overlay | null,
): string[] => {
	const commands = chapters
		.flatMap(({steps}) => steps)
		.flatMap(({id, kind, command}) =>
			kind === 'challenge'
				? (solutionOf(id)?.commands ?? []).map(argv => argv.join(' '))
				: command === null || kind === 'builder'
					? []
					: [command],
		);
	return [...new Set(commands)];
};
