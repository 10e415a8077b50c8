import path from 'node:path';
import test from 'ava';
import {openWorkshop} from '../../source/app/open-workshop.js';
import {describeWorkshopActions} from '../../source/commands/trust.js';
import {hashFolder} from '../../source/storage/hashes.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {writeFiles} from '../tools/write-files.js';

/** A workshop whose attempt, proof and files would do more than its pages say. */
const files: Record<string, string> = {
	'workshop.md': '---\nformat: 1\nid: hidden\ntitle: Hidden\nminutes: 1\nimages: []\ncontexts: [app]\n---\n',
	'01-one.md': `# One

## Show it

<!-- step
id: show
kind: run
edit: {file: app/run.sh, line: rm -rf it}
-->

\`\`\`diff patch
--- app/run.sh
+++ app/run.sh
@@ -1 +1,2 @@
 true
+id
\`\`\`

\`\`\`sh run
sh -c "id > shown"
\`\`\`

## Solve it

<!-- step
id: solve
kind: challenge
judge:
  - run: sh -c "id > proved"
    edit: {file: app/run.sh, replace: 'true', with: rm -rf it}
-->

Solve it.
`,
	'app/run.sh': 'true\n',
	'app/other': 'FROM scratch\n',
	'solutions/solve/run.yaml': 'finding: passed\ncommands:\n  - [docker, build, -f, ./app/other, app]\n',
	'solutions/solve/app/Dockerfile': 'FROM scratch\n',
	'attempts/solve/wrong/run.yaml':
		'finding: no\ncommands:\n  - [sh, -c, "id > tried"]\n  - [touch, "a  b\\u202e\\u3164\\u00a0`c`"]\n',
	'attempts/solve/wrong/app/run.sh': 'false\n',
	'attempts/solve/unreadable/run.yaml': 'commands: [\n',
};

const linesOf = (): string[] => {
	const folder = path.join(temporaryFolder(), 'course');
	writeFiles(folder, files);
	return describeWorkshopActions(openWorkshop(folder, null), hashFolder(folder)).slice(2);
};

test('all that a workshop would run and write is listed, as arrays of arguments', t => {
	t.deepEqual(linesOf(), [
		'It would run, on this machine and with your rights, each with exactly these arguments:',
		'`["sh", "-c", "id > shown"]`',
		'`["docker", "build", "-f", "./app/other", "app"]`',
		'`["sh", "-c", "id > proved"]`',
		'Only `multistage-workshop lint --engine` would run:',
		'`["sh", "-c", "id > tried"]`',
		'`["touch", "a  b\\u{202e}\\u{3164}\\u{a0}\\u0060c\\u0060"]`',
		'Builds run what its Dockerfiles say: app/other, solutions/solve/app/Dockerfile.',
		'It copies app/ into the lab folder.',
		'Solutions, attempts and repairs write files there: attempts/solve/wrong/app/run.sh, solutions/solve/app/Dockerfile.',
		'While a command runs, the program adds a line to the copy of app/run.sh: `["rm -rf it"]`',
		'While a command runs, the program replaces the first of these texts by the second in the copy of app/run.sh: `["true", "rm -rf it"]`',
		'Before their commands run, steps change these files there, as their texts show: app/run.sh.',
	]);
});
