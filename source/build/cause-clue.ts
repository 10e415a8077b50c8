import {stripColours} from '../text/clean-line.js';
import type {Build, BuildFailure, Stage} from './model.js';

/** What a failed build leaves to judge it by. All without colours. */
export type Clue = {
	/** The builder's own words, first line. */
	message: string;
	/** The last lines that the failing stage printed. */
	output: string;
	/** What the builder printed beside the stages. */
	beside: string;
	/** The failing instruction; empty when it is not known. */
	instruction: string;
	/** Names of all stages of the Dockerfile, in its order. */
	stages: string[];
	/** The stage that failed; null when it is not known. */
	stage: string | null;
	exitCode: number | null;
	/** Whether the line that can't be read is part of a heredoc. */
	isInHeredoc: boolean;
};

/** A usual cause: by what it is known, and the sentence that says it; null when it is none after all. */
export type Cause = {
	/** Where to look; default: in the builder's words. `either`: there, or in what the stage printed. */
	in?: 'output' | 'either' | 'instruction';
	pattern: RegExp;
	say(match: string[], clue: Clue): string | null;
};

/** What the first cause that fits has to say; null when none does. */
export const findCause = (causes: Cause[], clue: Clue): string | null => {
	for (const {in: where = 'message', pattern, say} of causes) {
		const match = pattern.exec(where === 'either' ? `${clue.message}\n${clue.output}` : clue[where]);
		const sentence = match && say([...match], clue);
		if (sentence) return sentence;
	}
	return null;
};

/** Lines of output that are looked at: the cause stands near the end. */
const lastLines = 30;

/** The clues of a failed build. */
export const clueOf = ({stages, outside}: Build, failure: BuildFailure): Clue => {
	const tail = stages.find(({name}) => name === failure.stage)?.tail ?? [];
	const textOf = (lines: string[]) => lines.slice(-lastLines).map(stripColours).join('\n');
	return {
		message: stripColours(failure.message),
		output: textOf(tail),
		beside: textOf(outside),
		instruction: failure.instruction ?? '',
		stages: stages.map(({name}) => name),
		stage: failure.stage,
		exitCode: failure.exitCode,
		isInHeredoc: isInHeredoc(stages, failure.line),
	};
};

/** Whether a line lies in a heredoc: below the first line of an instruction that has one, and above the next. */
const isInHeredoc = (stages: Stage[], line: number | null): boolean => {
	if (line === null) return false;
	const above = stages
		.flatMap(({instructions}) => instructions)
		.findLast(one => one.line !== null && one.line <= line);
	return above !== undefined && above.line !== line && /\s<<-?["']?\w/.test(above.text);
};
