import parseArgsStringToArgv from 'string-argv';
import type {Edit, Overlay, Workshop} from './model.js';

/** What a workshop would do to a machine by itself; each once, in the order of the steps. */
export type ListedCommands = {
	/** Of steps, of solutions, and of proofs. */
	commands: string[][];
	/** Of attempts, which nothing but a proof of the workshop runs. */
	attempts: string[][];
	/** Lines that are added to files of the lab folder while a command runs. */
	edits: Edit[];
};

/** `answersOf`: the solution and the attempts of a challenge, as far as they can be read. */
export const listCommands = (
	{chapters}: Workshop,
	answersOf: (challengeId: string) => {solution: Overlay | null; attempts: Overlay[]},
): ListedCommands => {
	const steps = chapters.flatMap(chapter => chapter.steps);
	const answers = steps.map(({id, kind}) => (kind === 'challenge' ? answersOf(id) : null));
	const commands = steps.flatMap(({kind, command, judge}, index) => [
		// The command of a builder step is not run: it chooses the builder.
		...(command === null || kind === 'builder' ? [] : [parseArgsStringToArgv(command)]),
		...(answers[index]?.solution?.commands ?? []),
		...judge.map(({run}) => parseArgsStringToArgv(run)),
	]);
	const attempts = answers.flatMap(answer => answer?.attempts ?? []).flatMap(attempt => attempt.commands);
	const edits = steps.flatMap(({edit, judge}) => [edit, ...judge.map(proof => proof.edit)]);
	const listed = eachOnce(commands);
	return {
		commands: listed,
		attempts: eachOnce([...listed, ...attempts]).slice(listed.length),
		edits: eachOnce(edits.filter(edit => edit !== null)),
	};
};

const eachOnce = <Value>(values: Value[]): Value[] => [
	...new Map(values.map(value => [JSON.stringify(value), value])).values(),
];
