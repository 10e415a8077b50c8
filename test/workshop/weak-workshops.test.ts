import {cpSync, readdirSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {planStepBuild} from '../../source/session/plan/run-plan.js';
import {readFolder} from '../../source/storage/files.js';
import {lintWorkshop} from '../../source/workshop/lint/lint-workshop.js';
import {formatProblem, formatWarning} from '../../source/workshop/problems.js';
import {temporaryFolder} from '../tools/child-environment.js';

const weakFolder = 'test/workshop/weak';

/** What lint says of the sound workshop with the files of a folder laid over it, without lists of all that is possible. */
const findingsOf = (name: string): string[] => {
	const folder = temporaryFolder();
	for (const from of ['sound', name]) cpSync(path.join(weakFolder, from), folder, {recursive: true});
	const {problems, warnings} = lintWorkshop(readFolder(folder), planStepBuild);
	const said = [...problems.map(formatProblem), ...warnings.map(formatWarning)];
	return said.map(line => line.replace(/(?<=must be one of ).*(?=, not )/, '…'));
};

/** Each folder, and the one thing that lint says of it. */
const weak: Record<string, string> = {
	'byte-order-mark': 'workshop.md:1:1 warning: begins with a byte-order mark: save it as UTF-8 without one',
	'chapter-id-taken': '03-build.md:1:1 the chapter id `build` is already used by 01-build.md',
	'clean-up-in-the-middle':
		'01-build.md:33:1 a step of the kind `run` without a command is the clean-up, which must be the last step of a workshop; a command is a fenced block that begins with ```sh run',
	'code-not-closed':
		'01-build.md:17:1 this block of code is not closed: its last fence is missing, so it contains all that follows',
	'colon-in-a-sentence': '01-build.md:14:11 a text with `: ` in it must be quoted',
	'command-not-marked':
		'01-build.md:19:1 nothing runs this command: a block that is run begins with ```sh run',
	'comment-not-closed':
		'01-build.md:17:1 this comment is not closed: `-->` is missing, so it contains all that follows',
	'context-not-used': 'workshop.md:7:17 warning: no step or answer uses the context `extra`',
	'details-of-their-own-kind':
		'01-build.md:23:1 warning: learners see the text of this block at once: one to open begins with `<details><summary>Hint</summary>`',
	'every-hint-for-a-finding':
		'02-challenge.md:6:1 warning: every hint of this challenge is for one finding: learners with another one get no hint',
	'hint-for-a-misspelt-finding':
		'01-build.md:23:1 the hint is for `other-stage`, which no check of its step has as its finding; did you mean `other-stages`?',
	'hint-not-closed': '01-build.md:23:1 the hint is not closed: `</details>` is missing on a line of its own',
	'hint-without-blank-lines':
		'01-build.md:23:1 the text of this block is read as HTML: put a blank line below `<summary>…</summary>`, and one above `</details>`',
	'id-taken': '01-build.md:32:1 the step id `build-it` is already used at 01-build.md:3',
	'image-not-listed':
		'app/Dockerfile:7:1 starts from `busybox:1.36`, which is not among the `images` of workshop.md',
	'image-not-used':
		'workshop.md:6:23 warning: no file of the workshop names the image `nginx:1.25`, but every pack would contain it',
	'key-of-nothing': 'workshop.md:6:1 there is no key `author` here',
	'list-forgotten': '01-build.md:11:5 `done` must be a list',
	'misspelt-check': '01-build.md:10:5 `check` must be one of …, not stage; did you mean `stages`?',
	'misspelt-condition':
		'01-build.md:17:1 `shel: cmd` is not a condition: the conditions are store, cli-from, cli-before and shell; did you mean `shell`?',
	'misspelt-finding-of-an-attempt':
		'attempts/say-it/ends/run.yaml:1:1 no check of the challenge has the finding `not-runing`; they have not-running; did you mean `not-running`?',
	'misspelt-key': '01-build.md:8:1 there is no key `predikt` here; did you mean `predict`?',
	'misspelt-key-of-a-check': '01-build.md:12:5 there is no key `skiped` here; did you mean `skipped`?',
	'misspelt-kind': '01-build.md:7:1 `kind` must be one of …, not runs; did you mean `run`?',
	'misspelt-need': '02-challenge.md:8:9 needs `bild-it`, but there is no such step; did you mean `build-it`?',
	'misspelt-placeholder': '03-again.md:19:26 no step captures `{{frist}}`; did you mean `first`?',
	'misspelt-instruction': '01-build.md:11:12 `app/Dockerfile` has no instruction with `COPY words.tx`',
	'misspelt-stage': '01-build.md:11:12 `app/Dockerfile` has no stage `word`; did you mean `words`?',
	'misspelt-target': '01-build.md:20:26 `app/Dockerfile` has no stage `finall`; did you mean `final`?',
	'needs-in-a-circle': '01-build.md:8:9 `needs` forms a circle: build-it → say-it → build-it',
	'no-title': '01-build.md:1:1 a chapter must begin with its title: `# …`',
	'only-the-exit-code':
		'01-build.md:35:1 warning: checks only the exit code, so anything that ends like that passes: check what has to be true',
	'output-in-the-text':
		'01-build.md:42:1 warning: the text says `Hello from a stage` before the command prints it: let learners find out',
	'pipe-in-a-command': '01-build.md:45:21 `|` needs a shell, but commands run without one',
	'proof-not-recorded':
		'03-prove.md:15:5 warning: recordings/26 lacks this proof, so nobody can solve the challenge there: record it with `run prove-it --record`',
	'quote-not-closed': "01-build.md:14:11 this text has no closing `'`",
	'recording-of-no-step':
		'recordings/26/bild-it.buildkit.jsonl:1:1 is a recording of `bild-it`, but there is no such step; did you mean `build-it`?',
	'second-command': '01-build.md:29:1 a step can have at most one command',
	'skipped-stage-in-the-text':
		'01-build.md:17:1 warning: the text says that `test` is skipped, and the step asks for just that: let learners find out',
	'source-not-there': 'app/Dockerfile:9:1 copies `hello.sh`, which is not in the build context `./app`',
	'step-not-closed': '01-build.md:5:1 the comment `<!-- step` is not closed: `-->` is missing',
	'stray-file': 'notes.txt:1:1 is a stray file: nothing in the workshop refers to it',
	'summary-of-its-own-kind':
		'01-build.md:23:1 warning: learners see “Read more” as a hint: its summary is none of `Hint`, `Solution` and `Afterwards`',
	'syntax-line':
		'app/Dockerfile:1:1 warning: `# syntax=` downloads a frontend: without the internet, the build fails',
	'tabs-in-yaml': '01-build.md:11:1 indent lines with spaces, not with tabs',
	'terminal-in-a-command':
		'01-build.md:45:12 warning: asks for a terminal, which a rehearsal and a recording don’t have: leave out `-t`, and `-i` with it',
	'too-little-to-do':
		'workshop.md:1:1 warning: only 2 of 4 steps ask something of the learner before the answer is shown: aim for three in five, with predictions, questions and challenges',
	'windows-lines': '01-build.md:8:9 needs `read-it`, but there is no such step; did you mean `say-it`?',
	'windows-script':
		'app/start.sh:1:1 warning: has Windows line endings, with which Linux can’t start a script: save it with LF',
};

test('the sound workshop has neither a problem nor a warning', t => {
	t.deepEqual(findingsOf('sound'), []);
});

test('each weak workshop is in the table', t => {
	const folders = readdirSync(weakFolder).filter(name => name !== 'sound');
	t.deepEqual(folders.sort(), Object.keys(weak).sort());
});

for (const [name, said] of Object.entries(weak)) {
	test(`${name.replaceAll('-', ' ')}: lint says so, and nothing else`, t => {
		t.deepEqual(findingsOf(name), [said]);
	});
}
