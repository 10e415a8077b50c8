import test from 'ava';
import {temporaryFolder} from '../../tools/child-environment.js';
import {questionChapter} from '../../tools/question-steps.js';
import {soundWorkshop} from '../../tools/sound-workshop.js';
import {writeFiles} from '../../tools/write-files.js';
import {both, breaks, type Change, problemsIn, replace, write} from './breaks.js';

const ask = write('03-ask.md', questionChapter);
/** Replaces a text in a chapter of questions. */
const asks = (from: string, to: string): Change => both(ask, replace('03-ask.md', from, to));
const predicts = (predict: string): Change =>
	replace('02-second.md', 'id: start-it\nkind: run', `id: start-it\nkind: run\npredict: ${predict}`);
const buildPredicts = (predict: string): Change =>
	replace('01-first.md', 'predict: stages', `predict: ${predict}`);
const resolves = 'resolves: Because.';

test('questions and predictions of every form are sound', t => {
	for (const change of [
		ask,
		predicts(`{about: line, choices: [one, two], otherwise: nothing, ${resolves}}`),
		predicts(`{about: port, matches: '(\\d+)$', ${resolves}}`),
		predicts(`{about: seconds, tolerance: 2, ${resolves}}`),
		predicts(`{about: bigger, ${resolves}}\ncompare: [app, alpine]`),
		buildPredicts(`{about: stages, ${resolves}}`),
		buildPredicts(`{about: cached, ${resolves}}`),
		buildPredicts(`{about: cached, choices: [RUN echo, words], ${resolves}}`),
	]) {
		const folder = temporaryFolder();
		writeFiles(folder, soundWorkshop);
		change(folder);
		t.deepEqual(problemsIn(folder), []);
	}
});

test(
	'a question without answers',
	breaks,
	asks('answer: {is: --target}\n', ''),
	'03-ask.md:55:1 a question needs answers: a task list in its text (`- [x] …`, `- [ ] …`), or the key `answer`',
);
test(
	'a question with two kinds of answers',
	breaks,
	asks('id: what-stays', 'id: what-stays\nanswer: {is: 1}'),
	'03-ask.md:28:1 the answers of this question are the task list in its text: it can’t have `answer` too',
);
test(
	'a second task list',
	breaks,
	asks('## What goes', 'Or:\n\n- [ ] Nothing\n\n  No.\n\n## What goes'),
	'03-ask.md:26:1 a question can have only one task list, and this is a second one',
);
test(
	'a single answer',
	breaks,
	asks('- [ ] What is in the other stages\n\n  They stay behind.\n\n- [x] What is in its base image\n', ''),
	'03-ask.md:31:1 a question needs 2 to 5 answers, and this one has 1',
);
test(
	'more answers than are easy to read',
	breaks,
	asks('- [x] What is copied', '- [x] 1\n- [x] 2\n- [x] 3\n- [x] What is copied'),
	'03-ask.md:31:1 a question needs 2 to 5 answers, and this one has 6',
);
test(
	'a question of which no answer is right',
	breaks,
	asks('- [x] `words`', '- [ ] `words`'),
	'03-ask.md:12:1 none of the answers is right: begin the right one with `- [x]`',
);
test(
	'an answer without a box',
	breaks,
	asks('- [x] What is copied', '- What is copied'),
	'03-ask.md:31:1 this answer has no box: begin it with `- [ ]`, or with `- [x]` if it is right',
);
test(
	'the same answer twice',
	breaks,
	asks('What is in its base image', 'What is copied'),
	'03-ask.md:36:1 the answer “What is copied” is there twice',
);
test(
	'a wrong answer without an explanation',
	breaks,
	asks('  They stay behind.\n\n', ''),
	'03-ask.md:32:1 this wrong answer has no explanation: add it as a paragraph of its own, indented below the answer',
);
test(
	'a typed answer without words for the others',
	breaks,
	asks('otherwise: It names a stage.\n', ''),
	'03-ask.md:56:1 `otherwise` is missing: the sentence for a wrong answer that is not under `wrong`',
);
test(
	'a tolerance of a word',
	breaks,
	asks('{is: --target}', '{is: --target, tolerance: 1}'),
	'03-ask.md:56:24 only a number can have a `tolerance`',
);
test(
	'an expression for wrong answers that is none',
	breaks,
	asks("'^2$'", "'(2'"),
	'03-ask.md:45:6 `matches` must be a regular expression',
);
test(
	'a question with checks',
	breaks,
	asks('id: which-stages', 'id: which-stages\nchecks: [{check: exit, is: 0, finding: a, hint: B.}]'),
	'03-ask.md:7:1 a question can’t have checks: it is judged by its answer',
);
test(
	'an answer in a step of another kind',
	breaks,
	replace('02-second.md', 'id: stop-it', 'id: stop-it\nanswer: {is: 1}'),
	'02-second.md:22:1 only a question can have `answer`',
);
test(
	'a step that needs a question',
	breaks,
	asks('id: what-stays', 'id: what-stays\nneeds: [which-stages]'),
	'03-ask.md:28:9 needs `which-stages`, which is a question and may stay unanswered',
);
test(
	'a command in a question',
	breaks,
	asks('It ends a build early.', '```sh run\ndocker ps\n```'),
	'03-ask.md:61:1 a question can’t have a command: nothing would run it',
);

test(
	'a prediction of something unknown',
	breaks,
	predicts(`{about: weather, ${resolves}}`),
	'02-second.md:8:11 `about` must be one of stages, line, bigger, cached, seconds, port, not weather',
);
test(
	'a prediction without the sentence that resolves it',
	breaks,
	predicts('{about: seconds}'),
	'02-second.md:8:1 `resolves` is missing',
);
test(
	'a prediction with one choice',
	breaks,
	predicts(`{about: line, choices: [one], ${resolves}}`),
	'02-second.md:8:24 `choices` must be a list of 2 to 5 choices',
);
test(
	'what comes from the cache where nothing is built',
	breaks,
	predicts(`{about: cached, ${resolves}}`),
	'02-second.md:8:1 `predict` asks about stages, but this command builds none',
);
test(
	'a line of a build',
	breaks,
	buildPredicts(`{about: line, choices: [one, two], ${resolves}}`),
	'01-first.md:30:1 `predict` asks for a line of the output, but this command is a build, whose output is in its panes',
);
test(
	'a bigger image where none are compared',
	breaks,
	predicts(`{about: bigger, ${resolves}}`),
	'02-second.md:8:1 `predict` asks which image is bigger: name two or more under `compare`',
);
test(
	'a prediction of a challenge',
	breaks,
	replace('02-second.md', 'kind: challenge', `kind: challenge\npredict: {about: seconds, ${resolves}}`),
	'02-second.md:37:1 only a step that runs a command can have a `predict`',
);
test(
	'an instruction that is not in the Dockerfile',
	breaks,
	buildPredicts(`{about: cached, choices: [RUN echo, RUN make], ${resolves}}`),
	'01-first.md:30:46 `RUN make` is neither a stage of `app/Dockerfile` nor a part of an instruction in it',
);
