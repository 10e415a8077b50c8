import {spellOutName} from '../text/spell-out.js';

/** A place in a file; both from 1. */
export type Place = {line: number; column: number};

/** Something wrong in a workshop's files. */
export type Problem = Place & {file: string; message: string};

/** Collects problems of one file; the place defaults to its beginning. */
export type Report = (message: string, place?: Place) => void;

/** `file:line:column message`, as editors understand it. */
export const formatProblem = ({file, line, column, message}: Problem): string =>
	`${spellOutName(file)}:${line}:${column} ${spellOutName(message)}`;
