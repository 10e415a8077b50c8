import path from 'node:path';
import test from 'ava';
import {templateFiles} from '../../../source/app/template-files.js';
import {planStepBuild} from '../../../source/session/plan/run-plan.js';
import {readFolder} from '../../../source/storage/files.js';
import {lintWorkshop} from '../../../source/workshop/lint/lint-workshop.js';
import {formatWarning} from '../../../source/workshop/problems.js';
import {temporaryFolder} from '../../tools/child-environment.js';
import {writeFiles} from '../../tools/write-files.js';
import {type Change, replace, write} from './breaks.js';

const warningsAfter = (change: Change): string[] => {
	const folder = path.join(temporaryFolder(), 'mine');
	writeFiles(folder, Object.fromEntries(templateFiles));
	change(folder);
	return lintWorkshop(readFolder(folder), planStepBuild).warnings.map(formatWarning);
};

const question = 'Which stages will run? Tick them before you press enter.';
const stages = '01-stages.md';

/** Texts that leave the answer open, and so are no reason to warn. */
const open: Record<string, string> = {
	'a question': 'Will BuildKit skip `test`? Tick the stages before you press enter.',
	'a stage that is named apart from the skipping': 'BuildKit skips some stages. Look at `test`, too.',
	'another stage': 'BuildKit has never skipped `words`.',
	'a word that only looks like it': 'BuildKit is skipper of the stage `test`.',
};
for (const [what, text] of Object.entries(open)) {
	test(`${what} gives no skipped stage away`, t => {
		t.deepEqual(warningsAfter(replace(stages, question, text)), []);
	});
}

const closed = ['BuildKit skips `test`.', 'The stage `test` is skipped: nothing needs it.'];
for (const text of closed) {
	test(`a skipped stage is given away: ${text}`, t => {
		const told =
			'the text says that `test` is skipped, and the step asks for just that: let learners find out';
		t.deepEqual(warningsAfter(replace(stages, question, text)), [`01-stages.md:36:1 warning: ${told}`]);
	});
}

test('a Dockerfile in the text may hold what is printed', t => {
	const asked = 'What does a container of this image print?';
	const dockerfile = "```dockerfile\nRUN echo 'Hello from a stage'\n```\n\n";
	t.deepEqual(warningsAfter(replace(stages, asked, `${dockerfile}${asked}`)), []);
	t.is(warningsAfter(replace(stages, asked, `\`\`\`text\nHello from a stage\n\`\`\`\n\n${asked}`)).length, 1);
});

test('a source that another file brings, or that only a pattern names, is not missing', t => {
	const dockerfile = (line: string) => replace('app/Dockerfile', 'CMD', `${line}\nCMD`);
	const problemsAfter = (change: Change): number => {
		const folder = path.join(temporaryFolder(), 'mine');
		writeFiles(folder, Object.fromEntries(templateFiles));
		change(folder);
		return lintWorkshop(readFolder(folder), planStepBuild).problems.length;
	};
	const solved: Change = folder => {
		dockerfile('COPY mine.txt /')(folder);
		write('solutions/keep-it-running/app/mine.txt', 'mine\n')(folder);
	};
	t.is(problemsAfter(solved), 0);
	for (const [line, problems] of [
		['COPY . /all/', 0],
		['COPY ./Dockerfile /', 0],
		['COPY ["Dockerfile", "/"]', 0],
		['COPY --chown=1:1 Dockerfile /', 0],
		['COPY *.txt /', 0],
		['ARG F=a\nCOPY $F /', 0],
		['ADD https://example.org/a.txt /', 0],
		['COPY --from=words /nowhere /', 0],
		['COPY Dockerfile none.txt /', 1],
		['COPY ["none.txt", "/"]', 1],
		['ADD none.txt /', 1],
	] as const)
		t.is(problemsAfter(dockerfile(line)), problems, line);
});

test('only a line for the terminal is warned of, not a tag', t => {
	const run = 'docker run greeting';
	for (const [command, count] of [
		['docker run --tty greeting', 1],
		['docker run -it greeting', 1],
		['docker run -ti greeting', 1],
		['docker run -i greeting', 0],
		['docker run greeting -t', 0],
		['docker build -t other ./app', 0],
	] as const)
		t.is(
			warningsAfter(replace(stages, `\`\`\`sh run\n${run}`, `\`\`\`sh run\n${command}`)).length,
			count,
			command,
		);
});
