import test from 'ava';
import {temporaryFolder} from '../../tools/child-environment.js';
import {soundWorkshop} from '../../tools/sound-workshop.js';
import {writeFiles} from '../../tools/write-files.js';
import {type Change, problemsIn, replace} from './breaks.js';

/** The sound workshop with a challenge that builds prove. */
const files = {
	...soundWorkshop,
	'app/words.txt': 'hello\n',
	'03-third.md': `# Third

## Prove it

<!-- step
id: prove-it
kind: challenge
optional: true
judge:
  - run: docker build -t app ./app
    edit: {file: app/words.txt, line: changed}
    checks:
      - {check: exit, is: 0, finding: build-failed, hint: The build ended with an error.}
-->

Change it.

## Go on

<!-- step
id: go-on
kind: run
needs: [build-it]
edit: {file: app/words.txt, line: changed}
checks:
  - {check: exit, is: 0, finding: build-failed, hint: The build ended with an error.}
-->

\`\`\`sh run
docker build -t app ./app
\`\`\`
`,
	'solutions/prove-it/run.yaml': 'finding: passed\ncommands: []\n',
	'attempts/prove-it/wrong/run.yaml': 'finding: build-failed\ncommands: []\n',
};

const breaks = test.macro((t, change: Change, ...problems: string[]) => {
	const folder = temporaryFolder();
	writeFiles(folder, files);
	change(folder);
	t.deepEqual(problemsIn(folder), problems);
});

test('a challenge that builds prove is sound', breaks, () => {});
test(
	'a proof without a check',
	breaks,
	replace('03-third.md', '    checks:\n      - {check: exit', '    checks: []\n#'),
	'03-third.md:10:5 a proof needs a check: without one, it proves nothing',
);
test(
	'a proof that builds what learners do not get',
	breaks,
	replace('03-third.md', '-t app ./app', '-t app ./web'),
	'03-third.md:10:5 builds `web/Dockerfile`, which is not in any context',
);
test(
	'a line for a file that is not there',
	breaks,
	replace('03-third.md', '    edit: {file: app/words.txt', '    edit: {file: app/word.txt'),
	'03-third.md:11:12 changes `app/word.txt`, which is not a file in a context',
);
test(
	'a line for a file that learners do not get',
	breaks,
	replace('03-third.md', '\nedit: {file: app/words.txt', '\nedit: {file: 01-first.md'),
	'03-third.md:24:8 changes `01-first.md`, which is not a file in a context',
);
test(
	'a piece that is replaced and is there',
	breaks,
	replace('03-third.md', 'line: changed}', 'replace: hell, with: bell}'),
);
test(
	'a piece that is replaced and is not there',
	breaks,
	replace('03-third.md', 'line: changed}', 'replace: bell, with: hell}'),
	'03-third.md:11:33 replaces `bell`, which is not in `app/words.txt`',
);
for (const change of [
	'line: changed, with: hell',
	'replace: hello',
	'with: hell',
	'line: x, replace: hell, with: x',
]) {
	test(
		`a change that is both or neither: ${change}`,
		breaks,
		replace('03-third.md', 'line: changed}', `${change}}`),
		'03-third.md:11:5 `edit` must have a `line` to add, or a piece to `replace` and what to replace it `with`',
	);
}
test(
	'a proof of a step that is no challenge',
	breaks,
	replace('03-third.md', 'edit: {file: app/words.txt, line: changed}\nchecks', 'judge: [{run: ls}]\nchecks'),
	'03-third.md:24:1 only a challenge can have a `judge`: other steps have a command',
);
test(
	'a step that needs what may be passed by',
	breaks,
	replace('03-third.md', 'needs: [build-it]', 'needs: [prove-it]'),
	'03-third.md:23:9 needs `prove-it`, which is optional',
);
