/** Something wrong in a workshop's files. `line` and `column` from 1. */
export type Problem = {file: string; line: number; column: number; message: string};

/** Collects problems of one file; `line` and `column` default to its beginning. */
export type Report = (message: string, line?: number, column?: number) => void;

/** `file:line:column: message`, as editors understand it. */
export const formatProblem = ({file, line, column, message}: Problem): string =>
	`${file}:${line}:${column}: ${message}`;
