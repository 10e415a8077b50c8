import test from 'ava';
import {temporaryFolder} from '../../tools/child-environment.js';
import {soundWorkshop} from '../../tools/sound-workshop.js';
import {writeFiles} from '../../tools/write-files.js';
import {both, type Change, problemsIn, replace, write} from './breaks.js';

const step = (id: string, target = 'more') => `## Step ${id}

<!-- step
id: ${id}
kind: run
needs: [build-it]
checks:
  - {check: stages, done: [${target}], finding: left-out, hint: The stage has to be built.}
-->

A change:

`;
const run = (target: string) => `\`\`\`sh run
docker build -t app --target ${target} ./app
\`\`\`

`;
const diff = (...lines: string[]) => `\`\`\`diff patch
--- app/Dockerfile
+++ app/Dockerfile
${lines.join('\n')}
\`\`\`

`;
const addStage = diff('@@ -1 +1,3 @@', '+FROM alpine:3.13 AS more', '+', ' FROM alpine:3.13 AS words');
const renameStage = diff('@@ -1 +1 @@', '-FROM alpine:3.13 AS more', '+FROM alpine:3.13 AS most');

/** The sound workshop with two steps that change its Dockerfile, one after the other. */
const files = {
	...soundWorkshop,
	'app/notes.txt': 'hello\n',
	'03-third.md': `# Third

${step('add')}${addStage}${run('more')}${step('rename', 'most')}${renameStage}${run('most')}`,
};

const finds = test.macro((t, change: Change, ...problems: string[]) => {
	const folder = temporaryFolder();
	writeFiles(folder, files);
	change(folder);
	t.deepEqual(problemsIn(folder), problems);
});
const inThird = (from: string, to: string) => replace('03-third.md', from, to);
const add = step('add', 'words');
const chapter = (...parts: string[]) => write('03-third.md', `# Third\n\n${parts.join('')}`);

test('steps may build stages that their patches and those before them make', finds, () => {});
test(
	'a patch that does not fit what the steps before have left',
	finds,
	inThird('-FROM alpine:3.13 AS more', '-FROM alpine:3.13 AS other'),
	'03-third.md:35:28 `app/Dockerfile` has no stage `most`; did you mean `more`?',
	'03-third.md:40:1 does not fit `app/Dockerfile` as it is here: it must fit the shipped file after the patches before it',
	'03-third.md:49:21 `app/Dockerfile` has no stage `most`; did you mean `more`?',
);
test(
	'a patch that is there already',
	finds,
	chapter(step('add'), addStage, run('more'), step('again'), addStage, run('more')),
	'03-third.md:40:1 does not fit `app/Dockerfile` as it is here: it must fit the shipped file after the patches before it',
);
test(
	'no unified diff',
	finds,
	chapter(add, addStage.replace('+1,3', '+1,2'), run('words')),
	'03-third.md:15:1 is not a unified diff of existing files: write it with `diff -u` or `git diff`, whose hunks say how many lines they have',
);
test(
	'a file that is in no context',
	finds,
	chapter(add, addStage.replaceAll('app/Dockerfile', 'x'), run('words')),
	'03-third.md:15:1 changes `x`, which is not a file in a context',
);
test(
	'a patch in a step that runs nothing',
	finds,
	chapter(add.replace('kind: run', 'kind: read').replace(/checks:\n.*\n/, ''), addStage),
	'03-third.md:13:1 only a step that runs a command can have a `diff patch`',
);
test(
	'a patch in a hint',
	finds,
	chapter(add, '<details><summary>Hint</summary>\n\n', addStage, '</details>\n\n', run('words')),
	'03-third.md:17:1 is never applied: a `diff patch` belongs directly into the text of its step',
);
test(
	'a patch in a list',
	finds,
	chapter(add, `- One:\n\n${addStage.trim().replaceAll(/^/gm, '  ')}\n\n`, run('words')),
	'03-third.md:17:3 is never applied: a `diff patch` belongs directly into the text of its step',
);
test(
	'a patch for some engines only',
	finds,
	chapter(step('add'), '<!-- when store: containerd -->\n\n', addStage, '<!-- end -->\n\n', run('more')),
	'03-third.md:17:1 a `diff patch` is applied on every engine: move it out of the `when`',
);
test(
	'two files in one block are two patches, made before an edit',
	finds,
	both(
		inThird(
			' FROM alpine:3.13 AS words\n```',
			' FROM alpine:3.13 AS words\n--- app/notes.txt\n+++ app/notes.txt\n@@ -1 +1 @@\n-hello\n+hi\n```',
		),
		inThird('id: rename\n', 'id: rename\nedit: {file: app/notes.txt, replace: hi, with: ho}\n'),
	),
);
