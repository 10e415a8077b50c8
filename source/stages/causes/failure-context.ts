import {messages} from '../../messages/index.js';
import {cleanLine, stripColours} from '../../text/terminal-text.js';
import {readKeyword} from '../dockerfile/instruction-words.js';
import type {Build, BuildFailure, SaidLine, Stage} from '../model.js';

/** The `docker build` that was run, as far as its words tell. */
export type BuildCommand = {
	/** What `-f` names; null without it. */
	file: string | null;
	/** What is to be built: one word in a command that is right. */
	contexts: string[];
	/** What `--platform` names; null without it. */
	platform: string | null;
	/** Every flag is one that some `docker build` knows. */
	isKnown: boolean;
};

/** What a failed build leaves to judge it by. All without colours. */
export type FailureContext = {
	/** The builder's own words, without the command that they quote. */
	error: string;
	/** What the failing instruction itself complained about last; empty when its last words are no complaint. */
	complaint: string;
	/** All that is kept of what the failing instruction printed. */
	output: string;
	/** What was printed beside the stages. */
	beside: string;
	/** The failing instruction, and its first word in capitals; empty when it is not known. */
	instruction: string;
	keyword: string;
	/** The instructions above it in its stage, and the one that stands above its line in the file. */
	before: string[];
	above: string;
	/** Names of all stages of the Dockerfile, in its order. */
	stages: string[];
	/** The stage that failed; null when it is not known. */
	stage: string | null;
	line: number | null;
	exitCode: number | null;
	/** Null when it is not known. */
	command: BuildCommand | null;
};

/** A usual cause: how it is recognised, and the sentence about it. */
export type Cause = {
	/** The instruction that it is about; default: any, or none. */
	of?: 'ADD' | 'COPY';
	/** Where to look; default: in the builder's words. `either`: there, or in the complaint. */
	in?: 'complaint' | 'either' | 'instruction';
	pattern: RegExp;
	/** What the pattern's groups caught is named in the sentence. A function returns null when it is not the cause after all. */
	says:
		| keyof typeof messages.stages.causes.named
		| ((found: [string, string], context: FailureContext) => string | null);
};

/** The sentence about the first cause that fits; null when none does. */
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

/** `command`: null when it is not known. */
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

/** What the builder says, without the command that failed: that one may say anything. */
const stripQuotedCommand = (message: string): string =>
	message
		.replace(/^(?:failed to (?:build|solve): )+/, '')
		.replace(/^process ".*" did not complete successfully: /, '')
		.replace(/^executor failed running \[(?:.*\]: |.*$)/, '')
		.replace(/^The command '.*' returned a non-zero code: (\d+)$/, 'exit code: $1');

/** As the screen repeats them below a failure. */
const consideredLines = 3;

/** Seconds in which the two streams of a program may overtake each other. */
const streamSkew = 0.5;

/** How programs begin to complain. */
const complaintPattern =
	/\b(?:error|err!|fail(?:ed|ure|s)?|fatal|panic|abort(?:ed)?|cannot|can['\u2019]t|could ?n[o']t|unable|not (?:found|permitted|set|allowed)|no (?:such|space|module)|denied|refused|missing|undefined|invalid|illegal|unknown|unexpected|unsupported|exception|traceback|killed|bad|timed? ?out|out of memory|read-only|format)\b/i;

/**
 * The last complaint among the last words. What was complained about before is no cause: the command went on. Nor is a
 * complaint behind which other lines came: only what the other stream may have carried past it does not count.
 */
const findComplaint = (said: SaidLine[]): string => {
	const words = said
		.map(({text, at}) => ({text: makeReadable(text), at}))
		.filter(({text}) => text.trim() !== '')
		.slice(-consideredLines);
	const found = words.findLast(({text}) => complaintPattern.test(text));
	return found && (words.at(-1)?.at ?? 0) - found.at <= streamSkew ? found.text : '';
};

/** A line as it is shown, but with a mark for the carriage return in a name, which no screen would show. */
const makeReadable = (text: string): string =>
	stripColours(cleanLine(text.replace(/(?<=\w)\r(?=['\u2019"]?:)/g, carriageReturn)));

/** Stands for a carriage return in a name, as it comes from a file with Windows line ends. */
export const carriageReturn = '␍';

/** The instruction that stands above a line of the Dockerfile; empty when that is not known. */
const findInstructionAbove = (stages: Stage[], line: number | null): string =>
	line === null
		? ''
		: (stages.flatMap(({instructions}) => instructions).findLast(one => one.line !== null && one.line < line)
				?.text ?? '');
