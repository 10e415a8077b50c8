import {messages} from '../../messages/index.js';
import {cleanLine, stripColours} from '../../text/terminal-text.js';
import {readKeyword} from '../dockerfile/instruction-words.js';
import type {Build, BuildFailure, SaidLine, Stage} from '../model.js';

/** A parsed `docker build` command. */
export type BuildCommand = {
	/** The value of `-f`; null without it. */
	file: string | null;
	/** What to build: exactly one word in a valid command. */
	contexts: string[];
	/** The value of `--platform`; null without it. */
	platform: string | null;
	/** Whether some version of `docker build` knows every flag. */
	isKnown: boolean;
};

/** What is known about a failed build, without colours. */
export type FailureContext = {
	/** The builder's error, without the command that it quotes. */
	error: string;
	/** The last complaint of the failing instruction; empty if its last lines contain none. */
	complaint: string;
	/** The output of the failing instruction, as far as it is kept. */
	output: string;
	/** The output outside the stages. */
	beside: string;
	/** The failing instruction, and its keyword in capitals; empty if unknown. */
	instruction: string;
	keyword: string;
	/** The earlier instructions of its stage, and the instruction above its line in the file. */
	before: string[];
	above: string;
	/** Names of all stages, in Dockerfile order. */
	stages: string[];
	/** The stage that failed; null if unknown. */
	stage: string | null;
	line: number | null;
	exitCode: number | null;
	/** Null if unknown. */
	command: BuildCommand | null;
};

/** A common cause: how to recognize it, and the sentence that explains it. */
export type Cause = {
	/** The instruction that it applies to; default: any, or none. */
	of?: 'ADD' | 'COPY';
	/** Where to match the pattern; default: the builder's error. `either`: the error or the complaint. */
	in?: 'complaint' | 'either' | 'instruction';
	pattern: RegExp;
	/**
	 * The message about what the pattern captured, or a function that writes it; null if this is not the cause after all.
	 */
	says:
		| keyof typeof messages.stages.causes.named
		| ((found: [string, string], context: FailureContext) => string | null);
};

/** Returns the sentence about the first cause that matches; null if none does. */
export const findCause = (causes: Cause[], context: FailureContext): string | null => {
	for (const {of, in: where = 'error', pattern, says} of causes) {
		if (of !== undefined && of !== context.keyword) continue;
		const match = pattern.exec(
			where === 'either' ? `${context.error}\n${context.complaint}` : context[where],
		);
		if (!match) continue;
		const [one = '', other = ''] = match.slice(1).filter(group => group !== undefined);
		if (typeof says === 'string') return messages.stages.causes.named[says](one, other);
		const sentence = says([one, other], context);
		if (sentence !== null) return sentence;
	}
	return null;
};

/** Collects what causes are matched against. `command`: null if unknown. */
export const createFailureContext = (
	{stages, outside}: Build,
	failure: BuildFailure,
	command: BuildCommand | null,
): FailureContext => {
	const instruction = failure.instruction ?? '';
	const stage = stages.find(({name}) => name === failure.stage);
	const texts = stage?.instructions.map(({text}) => text) ?? [];
	return {
		error: stripQuotedCommand(stripColours(failure.message)),
		complaint: findComplaint(failure.said),
		output: failure.said.map(({text}) => makeReadable(text)).join('\n'),
		beside: outside.map(stripColours).join('\n'),
		instruction,
		keyword: readKeyword(instruction),
		before: texts.slice(0, Math.max(0, texts.indexOf(instruction))),
		above: findInstructionAbove(stages, failure.line),
		stages: stages.map(({name}) => name),
		stage: failure.stage,
		line: failure.line,
		exitCode: failure.exitCode,
		command,
	};
};

/** Strips the failed command from the builder's error: the command may contain anything. */
const stripQuotedCommand = (message: string): string =>
	message
		.replace(/^(?:failed to (?:build|solve): )+/, '')
		.replace(/^process ".*" did not complete successfully: /, '')
		.replace(/^executor failed running \[(?:.*\]: |.*$)/, '')
		.replace(/^The command '.*' returned a non-zero code: (\d+)$/, 'exit code: $1');

/** Lines searched for a complaint: as many as the screen repeats below a failure. */
const consideredLines = 3;

/** Seconds by which a program's stdout and stderr may arrive out of order. */
const streamSkew = 0.5;

/** Words that programs use in complaints. */
const complaintPattern =
	/\b(?:error|err!|fail(?:ed|ure|s)?|fatal|panic|abort(?:ed)?|cannot|can['\u2019]t|could ?n[o']t|unable|not (?:found|permitted|set|allowed)|no (?:such|space|module)|denied|refused|missing|undefined|invalid|illegal|unknown|unexpected|unsupported|exception|traceback|killed|bad|timed? ?out|out of memory|read-only|format)\b/i;

/**
 * Returns the last complaint among the last lines; empty if there is none. A complaint that other lines follow is no
 * cause, because the command went on, unless these may have overtaken it on the other stream.
 */
const findComplaint = (said: SaidLine[]): string => {
	const words = said
		.map(({text, at}) => ({text: makeReadable(text), at}))
		.filter(({text}) => text.trim() !== '')
		.slice(-consideredLines);
	const found = words.findLast(({text}) => complaintPattern.test(text));
	return found && (words.at(-1)?.at ?? 0) - found.at <= streamSkew ? found.text : '';
};

/** Cleans a line as for display, but marks a carriage return in a name, which no screen would show. */
const makeReadable = (text: string): string =>
	stripColours(cleanLine(text.replace(/(?<=\w)\r(?=['\u2019"]?:)/g, carriageReturn)));

/** The mark for a carriage return in a name, which comes from a file with Windows line endings. */
export const carriageReturn = '␍';

/** Returns the instruction above a line of the Dockerfile; empty if unknown. */
const findInstructionAbove = (stages: Stage[], line: number | null): string =>
	line === null
		? ''
		: (stages.flatMap(({instructions}) => instructions).findLast(one => one.line !== null && one.line < line)
				?.text ?? '');
