import {printJson, printLine, printMessage} from '../app/output.js';
import {onEndSignal} from '../app/process.js';
import {createTerminalPrompt} from '../app/prompt.js';
import {
	type HandedIn,
	type Judgeable,
	type Rejudged,
	selectJudgeable,
	verifyAnswers,
} from '../app/verify-answers.js';
import type {ReadHandIn} from '../classroom/hand-in.js';
import {messages} from '../messages/index.js';
import {type Question, yesOrNo} from '../session/state.js';
import {readHandInFile} from '../storage/collected-files.js';
import {escapeDeceptive} from '../text/terminal-text.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import type {Command} from './flags.js';

/**
 * `class verify <file…>`: judges the answers in hand-in files again, on an engine, after asking. Prints each verdict as
 * it was handed in and as it is now. Exits with 1 if one differs or could not be judged.
 */
export const classVerify: Command = async (files, {json, yes, builder}) => {
	const say = messages.results.verify;
	if (files.length === 0) throw new UserError(say.noFile, {next: say.nameFile, exitCode: 2});
	const read = files.map(readAnswers);
	const {judgeable, others} = selectJudgeable(read.flatMap(({answers}) => answers));
	if (judgeable.length + others.length === 0) throw new UserError(say.noAnswers, {exitCode: 2});
	const results: Rejudged[] = [];
	const report = (result: Rejudged): void => {
		results.push(result);
		if (!json) printLine(describeResult(result));
	};
	for (const other of others) report(other);
	const abort = new AbortController();
	if (judgeable.length > 0) {
		if ((await createTerminalPrompt(yes)(createQuestion(judgeable))) !== 'yes')
			throw new UserError(say.refused, {next: say.agreeBeforehand, exitCode: 2});
		onEndSignal(exitCode => abort.abort(exitCode));
		await verifyAnswers(judgeable, {
			builder: builder ?? 'buildkit',
			say: printMessage,
			signal: abort.signal,
			onJudged: report,
		});
	}
	if (abort.signal.aborted) return Number(abort.signal.reason);
	if (json) printJson({answers: results.map(toRow)});
	return results.every(isConfirmed) && read.every(({isWhole}) => isWhole) ? 0 : 1;
};

/** The answers of a file that is whole and as it was signed; those of any other file do not count. */
const readAnswers = (file: string): {answers: HandedIn[]; isWhole: boolean} => {
	const {handIn, problem} = readFile(file);
	if (problem) printMessage(messages.results.problem(file, problem));
	const answers = handIn?.answers.map(answer => ({name: handIn.name, answer})) ?? [];
	return {answers, isWhole: problem === null};
};

const readFile = (file: string): ReadHandIn => {
	try {
		return readHandInFile(file);
	} catch (error) {
		const why = describeError(error);
		throw new UserError(messages.results.problem(file, {problem: 'unreadable', why}), {exitCode: 2});
	}
};

/** Enter, like any answer but `yes`, runs nothing. */
const createQuestion = (answers: Judgeable[]): Question => {
	const say = messages.results.verify;
	const commandsOf = ({answer}: Judgeable) =>
		answer.commands.map(argv => `  ${escapeDeceptive(JSON.stringify(argv))}`);
	return {
		title: say.title,
		lines: [
			say.runs,
			...answers.flatMap(one => [
				say.answer(
					one.name,
					one.answer.challenge,
					one.answer.files.map(({path}) => escapeDeceptive(path)),
				),
				...commandsOf(one),
			]),
			say.cautions,
		],
		choices: yesOrNo(say.yes, say.no),
	};
};

const describeResult = ({name, answer, now, why}: Rejudged): string => {
	const say = messages.results.verify;
	const before = say.verdict(answer.verdict, answer.finding);
	return say.result(
		name,
		answer.challenge,
		before,
		why ?? say.verdict(now?.verdict ?? '', now?.finding ?? null),
	);
};

/** The finding of a pass says nothing more. */
const isConfirmed = ({answer, now}: Rejudged): boolean =>
	now !== null &&
	now.verdict === answer.verdict &&
	(now.verdict === 'passed' || now.finding === answer.finding);

const toRow = (result: Rejudged) => {
	const {name, answer, now, why} = result;
	return {
		name,
		workshop: answer.workshop,
		challenge: answer.challenge,
		handedIn: {verdict: answer.verdict, finding: answer.finding},
		now: now && {verdict: now.verdict, finding: now.finding},
		why,
		confirmed: isConfirmed(result),
	};
};
