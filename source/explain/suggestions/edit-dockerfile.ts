import type {PlannedInstruction, PlannedStage, StageGraph} from '../../stages/model.js';

/** Replaces the lines `from` to `to`, counted from 1, by others. `to` before `from`: inserts them before `from`. */
export const replaceLines = (text: string, from: number, to: number, lines: readonly string[]): string =>
	text
		.split('\n')
		.toSpliced(from - 1, to - from + 1, ...lines)
		.join('\n');

/** The lines of an instruction, as they are written. */
export const linesOf = (
	text: string,
	{line, endLine}: Pick<PlannedInstruction, 'line' | 'endLine'>,
): string[] => text.split('\n').slice(line - 1, endLine);

/** Replaces an instruction. */
export const replaceInstruction = (
	text: string,
	{line, endLine}: Pick<PlannedInstruction, 'line' | 'endLine'>,
	...lines: string[]
): string => replaceLines(text, line, endLine, lines);

/** An instruction `RUN` in the form of the shell, without a heredoc. */
export type ShellRun = PlannedInstruction & {
	/** With its options: `--mount=…`. */
	flags: string;
	/** The command line. */
	command: string;
};

/** Reads a `RUN` in the form of the shell; null for anything else, and for one with a heredoc. */
export const readShellRun = (instruction: PlannedInstruction): ShellRun | null => {
	const [, flags = '', command = ''] = /^RUN\s+((?:--\S+\s+)*)(.*)$/is.exec(instruction.text) ?? [];
	if (command === '' || command.startsWith('[') || command.includes('<<')) return null;
	return {...instruction, flags, command};
};

/** Splits a command line at each `&&` outside of quotes and brackets. */
export const splitCommands = (command: string): string[] => {
	const parts: string[] = [];
	let part = '';
	for (const [piece] of command.matchAll(/'[^']*'|"(?:\\.|[^"\\])*"|\\.|\([^)]*\)|&&|[^'"\\(&]+|./gs)) {
		if (piece === '&&') {
			parts.push(part.trim());
			part = '';
		} else {
			part += piece;
		}
	}
	return [...parts, part.trim()];
};

/** The stages that are built, in the order of the Dockerfile, with the instructions of their own. */
export const builtStages = ({stages, reachable}: StageGraph): PlannedStage[] =>
	stages.filter(({name}) => reachable.includes(name));

/** A name for a new stage that no stage has. */
export const freeStageName = ({stages}: StageGraph, wished: string): string => {
	const taken = new Set(stages.map(({alias}) => alias));
	let name = wished;
	for (let number = 2; taken.has(name); number++) name = `${wished}-${number}`;
	return name;
};

/** The line with `FROM`, with another image or another name; null if it is not written on one line. */
export const rewriteFrom = (
	text: string,
	{line}: Pick<PlannedStage, 'line'>,
	{image, alias}: {image?: string; alias?: string},
): string | null => {
	const [from = ''] = linesOf(text, {line, endLine: line});
	const [, head = '', written = '', rest = ''] =
		/^(\s*FROM\s+(?:--platform=\S+\s+)?)(\S+)(\s+AS\s+\S+)?\s*$/i.exec(from) ?? [];
	if (written === '' || written.endsWith('\\')) return null;
	return `${head}${image ?? written}${alias === undefined ? rest : ` AS ${alias}`}`;
};
