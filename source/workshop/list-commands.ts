import type {Overlay, Workshop} from './model.js';

/** Everything that a workshop would run by itself: commands of steps in order, of solutions and of proofs; each once. */
export const listCommands = (
	{chapters}: Workshop,
	solutionOf: (challengeId: string) => Overlay | null,
): string[] => {
	const commands = chapters
		.flatMap(({steps}) => steps)
		.flatMap(({id, kind, command, judge}) =>
			kind === 'challenge'
				? [...(solutionOf(id)?.commands ?? []).map(argv => argv.join(' ')), ...judge.map(({run}) => run)]
				: command === null || kind === 'builder'
					? []
					: [command],
		);
	return [...new Set(commands)];
};
