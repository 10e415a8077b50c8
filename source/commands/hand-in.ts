import {existsSync} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import {printLine} from '../app/output.js';
import {askLine, createTerminalPrompt} from '../app/prompt.js';
import {type Answer, writeHandIn} from '../classroom/hand-in.js';
import {limits, nameSchema, type ResultEntry} from '../classroom/protocol.js';
import {messages} from '../messages/index.js';
import {markHandedIn} from '../seat/joined.js';
import {createSeatStore, type JoinedClass} from '../seat/seat-store.js';
import {tellHub} from '../seat/tell-hub.js';
import {type Question, yesOrNo} from '../session/state.js';
import {loadAllAnswers} from '../storage/answers-store.js';
import {handInEnding, readHandInFile} from '../storage/collected-files.js';
import {tryRead} from '../storage/files.js';
import {createResultsStore} from '../storage/results-store.js';
import {loadSeatKey} from '../storage/seat-key.js';
import {stateFolder} from '../storage/state-folder.js';
import {escapeDeceptive} from '../text/terminal-text.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import type {Command} from './flags.js';

/**
 * `hand-in [file]`: writes the learner's results and answers to a file for the teacher, for a class without a network.
 * Says what is in it and asks first.
 */
export const handIn: Command = async ([given], {name: givenName, yes}) => {
	const say = messages.results.handIn;
	const results = createResultsStore(stateFolder()).load();
	if (results.length === 0) throw new UserError(say.nothing, {next: say.passFirst});
	const joined = createSeatStore(stateFolder()).load();
	const name = parseName(givenName ?? joined?.name ?? (await askLine(say.name, '')));
	const file = given ?? `${fileName(name)}${handInEnding}`;
	assertWritable(file);
	const answers = loadAllAnswers(stateFolder());
	if ((await createTerminalPrompt(yes)(createQuestion(file, {name, results, answers}))) !== 'yes') {
		printLine(say.declined);
		return 0;
	}
	try {
		writeFileAtomicSync(file, writeHandIn(loadSeatKey(stateFolder()), {name, results, answers}));
	} catch (error) {
		throw new UserError(say.notWritten(file, describeError(error)), {cause: error});
	}
	printLine(say.written(file));
	if (joined) await tellClass(joined);
	return 0;
};

/** Tells the class that the learner has handed in; if the hub is away, the program does when it is opened next. */
const tellClass = async (joined: JoinedClass): Promise<void> => {
	const {id, title} = joined.class;
	markHandedIn(stateFolder(), id);
	if (await tellHub(joined, 'handIn')) printLine(messages.results.handIn.told(title));
};

const parseName = (given: string): string => {
	const say = messages.results.handIn;
	if (given.trim() === '') throw new UserError(say.noName, {next: say.giveName, exitCode: 2});
	const {success, output} = v.safeParse(nameSchema, given);
	if (!success) throw new UserError(say.badName(given, limits.name), {exitCode: 2});
	return output;
};

/** A name as every system can have it. */
const fileName = (name: string): string =>
	name
		.normalize('NFC')
		.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
		.replaceAll(/^-+|-+$/g, '') || 'results';

/** Throws unless the file is new, or an earlier hand-in file. */
const assertWritable = (file: string): void => {
	const say = messages.results.handIn;
	if (!file.endsWith(handInEnding)) throw new UserError(say.badFile(file), {exitCode: 2});
	if (!existsSync(file) || tryRead(() => readHandInFile(file))?.handIn) return;
	throw new UserError(say.otherFile(file), {next: say.nameAnother, exitCode: 2});
};

const createQuestion = (
	file: string,
	{name, results, answers}: {name: string; results: ResultEntry[]; answers: Answer[]},
): Question => {
	const say = messages.results.handIn;
	const steps = new Set(results.map(({workshop, step}) => `${workshop.id} ${step}`)).size;
	const described = answers.map(({challenge, files, commands}) =>
		say.answer(
			challenge,
			files.map(({path: inner}) => escapeDeceptive(inner)),
			commands.map(argv => escapeDeceptive(argv.join(' ')).replaceAll('`', "'")),
		),
	);
	return {
		title: say.title,
		lines: [
			say.contains(path.resolve(file)),
			...[say.yourName(name), say.results(results.length, steps), ...described].map(line => `- ${line}`),
			...(answers.length > 0 ? [say.elsewhere] : []),
		],
		choices: yesOrNo(say.yes, say.no),
	};
};
