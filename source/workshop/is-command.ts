import parseArgsStringToArgv from 'string-argv';
import type {Overlay, Step} from './model.js';
import {proofId} from './proof-id.js';

/** Whether arguments are a command as a workshop writes it, whatever its placeholders stood for. */
export const isCommand = (command: string, argv: string[]): boolean => {
	const words = withoutQuiet(parseArgsStringToArgv(command));
	const given = withoutQuiet(argv);
	return words.length === given.length && words.every((word, index) => isWord(word, given[index] ?? ''));
};

/** curl is started with these, and recorded without them. */
const withoutQuiet = (words: string[]): string[] =>
	words.filter(word => word !== '--silent' && word !== '--show-error');

const isWord = (word: string, given: string): boolean => {
	const pieces = word.split(/\{\{[\w-]+\}\}/);
	const [first = ''] = pieces;
	if (pieces.length === 1) return word === given;
	return given.startsWith(first) && given.endsWith(pieces.at(-1) ?? '');
};

/**
 * The command that a recording of some id is of, as people read it; null when nothing of the step is recorded by that
 * id. `solution`: of a challenge, null when it has none.
 */
export const commandOf = (
	id: string,
	step: Step,
	solution: Pick<Overlay, 'commands'> | null,
): string | null => {
	const proof = step.judge.find((_, index) => proofId(step, index) === id);
	if (proof) return proof.run;
	if (step.kind !== 'challenge') return step.kind === 'run' ? step.command : null;
	return solution?.commands.at(-1)?.map(quote).join(' ') ?? null;
};

const quote = (word: string): string => (/^[^\s'"]+$/.test(word) ? word : `"${word}"`);
