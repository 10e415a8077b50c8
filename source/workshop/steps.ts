import {createHash} from 'node:crypto';
import parseArgsStringToArgv from 'string-argv';
import type {CheckDeclaration} from '../checks/registry.js';
import {splitAtPlaceholders} from '../text/placeholders.js';
import type {Edit, Overlay, Step, Workshop} from './model.js';
import {listPatches, patchedFiles} from './patches.js';
import {rightAnswer} from './questions.js';

/** The checks of a step and of its proofs. */
export const allChecks = ({checks, judge}: Step): CheckDeclaration[] => [
	...checks,
	...judge.flatMap(proof => proof.checks),
];

/** The same, each with the path of its key in the step's comment. */
export const locateChecks = ({
	checks,
	judge,
}: Step): Array<{check: CheckDeclaration; keys: Array<string | number>}> => [
	...checks.map((check, index) => ({check, keys: ['checks', index]})),
	...judge.flatMap((proof, at) =>
		proof.checks.map((check, index) => ({check, keys: ['judge', at, 'checks', index]})),
	),
];

/** Whether a path in the lab folder or the workshop's folder is inside a context. */
export const isInContext = (path: string, contexts: string[]): boolean =>
	contexts.some(context => path.startsWith(`${context}/`));

/** Returns steps and all steps that they need, in the order of `all`. */
export const includeNeeds = (all: Step[], wanted: Step[]): Step[] => {
	const ids = new Set<string>();
	const want = ({id, needs}: Step): void => {
		if (ids.has(id)) return;
		ids.add(id);
		for (const step of all) if (needs.includes(step.id)) want(step);
	};
	for (const step of wanted) want(step);
	return all.filter(({id}) => ids.has(id));
};

/** Stands for something that the learner has to fill in, in the command of a `blank` step. */
export const blankMark = '{{?}}';

/** The number of blanks in a command. */
export const countBlanks = (command: string): number => command.split(blankMark).length - 1;

/** Fills the blanks of a command in order. A blank without a text stays. */
export const fillBlanks = (command: string, fills: readonly string[]): string => {
	const [begin = '', ...rest] = command.split(blankMark);
	return rest.reduce((filled, piece, index) => `${filled}${fills[index] ?? blankMark}${piece}`, begin);
};

/** Whether learners solve a step in their own way, judged by the result: a challenge, also one that begins broken. */
export const isChallenge = ({kind}: Pick<Step, 'kind'>): boolean => kind === 'challenge' || kind === 'repair';

/** Whether a step is about a command that runs: its own, or the one that the learner completes. */
export const runsCommand = ({kind}: Pick<Step, 'kind'>): boolean => kind === 'run' || kind === 'blank';

/** The folder, in that of the workshop, with the files with which a `repair` step begins. */
export const brokenFolder = ({id}: Pick<Step, 'id'>): string => `broken/${id}`;

/** Whether a step is the clean-up: of kind `run`, without a command. Only the last step can be. */
export const isCleanup = ({kind, command}: Pick<Step, 'kind' | 'command'>): boolean =>
	kind === 'run' && command === null;

/** The builder that a builder step selects; null for any other step. */
export const chosenBuilder = ({kind, command}: Step): 'legacy' | 'buildkit' | null => {
	const [, value] = /^export DOCKER_BUILDKIT=([01])$/.exec(command ?? '') ?? [];
	return kind !== 'builder' || value === undefined ? null : value === '0' ? 'legacy' : 'buildkit';
};

/** The id under which a challenge's proof is recorded. No step can have such an id. `index`: from 0. */
export const proofId = ({id}: Step, index: number): string => `${id}--${index + 1}`;

/** The id under which a command of `setup` runs. No step can have such an id. `index`: from 0. */
export const setupId = ({id}: Step, index: number): string => `${id}--setup-${index + 1}`;

/**
 * A hash of everything that invalidates a pass when it changes: the command, the checks, the right answer. Texts, hints and the
 * wording of checks don't count, so corrections cost no progress. 16 hex digits.
 */
export const fingerprintStep = ({
	kind,
	command,
	builder,
	capture,
	edit,
	checks,
	judge,
	question,
	setup,
	patches,
}: Step): string =>
	createHash('sha256')
		.update(
			JSON.stringify([
				kind,
				command,
				builder,
				capture,
				edit,
				checks.map(withoutWords),
				judge.map(proof => ({...proof, checks: proof.checks.map(withoutWords)})),
				// Steps of other kinds keep the fingerprints that earlier versions gave them.
				...(question ? [rightAnswer(question)] : []),
				// Steps of earlier versions, which had none, keep their hash.
				...(setup.length > 0 ? [setup] : []),
				...(patches.length > 0 ? [patches] : []),
			]),
		)
		.digest('hex')
		.slice(0, 16);

const withoutWords = ({finding: _finding, hint: _hint, says: _says, ...check}: CheckDeclaration) => check;

/** Whether arguments match a workshop's command, with any values for its placeholders. */
export const matchesCommand = (command: string, argv: string[]): boolean => {
	const words = dropQuietFlags(parseArgsStringToArgv(command));
	const given = dropQuietFlags(argv);
	return words.length === given.length && words.every((word, index) => matchesWord(word, given[index] ?? ''));
};

/** curl is started with these flags, but recorded without them. */
const dropQuietFlags = (words: string[]): string[] =>
	words.filter(word => word !== '--silent' && word !== '--show-error');

const matchesWord = (word: string, given: string): boolean => {
	const pieces = splitAtPlaceholders(word);
	const [first = ''] = pieces;
	if (pieces.length === 1) return word === given;
	return given.startsWith(first) && given.endsWith(pieces.at(-1) ?? '');
};

/**
 * The command that a recording is of, for display; null if the step has no recording of that id. `solution`: of a
 * challenge, null if it has none.
 */
export const recordedCommand = (
	id: string,
	step: Step,
	solution: Pick<Overlay, 'commands'> | null,
): string | null => {
	const proof = step.judge.find((_, index) => proofId(step, index) === id);
	if (proof) return proof.run;
	if (!isChallenge(step)) return runsCommand(step) ? step.command : null;
	return solution?.commands.at(-1)?.map(quote).join(' ') ?? null;
};

const quote = (word: string): string => (/^[^\s'"]+$/.test(word) ? word : `"${word}"`);

/** Everything that a workshop may run on a machine, without duplicates, in the order of the steps. */
export type ListedCommands = {
	/** The commands of steps, with their preparation, solutions and proofs. */
	commands: string[][];
	/** The commands of attempts, which only `lint --engine` runs. */
	attempts: string[][];
	/** Changes of lab files while a command runs. */
	edits: Edit[];
	/** The lab files that steps change for good. */
	patched: string[];
};

/** Lists the commands of a workshop. `answersOf`: the readable solution and attempts of a challenge. */
export const listCommands = (
	workshop: Workshop,
	answersOf: (challengeId: string) => {solution: Overlay | null; attempts: Overlay[]},
): ListedCommands => {
	const steps = workshop.chapters.flatMap(chapter => chapter.steps);
	const answers = steps.map(step => (isChallenge(step) ? answersOf(step.id) : null));
	const commands = steps.flatMap(({kind, command, judge, setup}, index) => [
		...setup.map(line => parseArgsStringToArgv(line)),
		// The command of a builder step is not run: it only selects the builder.
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
		patched: patchedFiles(listPatches(workshop)),
	};
};

const eachOnce = <Value>(values: Value[]): Value[] => [
	...new Map(values.map(value => [JSON.stringify(value), value])).values(),
];
