import {temporaryFolder} from './child-environment.js';
import {writeFiles} from './write-files.js';

const dockerfile = `FROM alpine:3.13 AS words
RUN echo hello > /words.txt

FROM alpine:3.13 AS other
RUN echo nothing > /other.txt

FROM alpine:3.13
COPY --from=words /words.txt /words.txt
`;

const files = {
	'workshop.md': `---
format: 1
id: doing
title: Doing
minutes: 5
images: [alpine:3.13]
contexts: [app]
---
`,
	'01-do.md': `# Do

## Fill in

<!-- step
id: fill
kind: blank
fills: ['doing:words', words]
checks:
  - {check: exit, is: 0, finding: build-failed, hint: The build failed.}
  - {check: image, image: 'doing:words', exists: true, finding: no-image, hint: There is no image doing:words.}
-->

\`\`\`sh run
docker build -t {{?}} --target {{?}} ./app
\`\`\`

<details><summary>Hint</summary>

Look behind \`AS\`.

</details>

## Mend the file

<!-- step
id: mend
kind: repair
checks:
  - {check: file, path: app/Dockerfile, has: [--from=words], finding: still-broken, hint: It copies from another stage.}
-->

<details><summary>Hint</summary>

Which stage has the words?

</details>

## Mend the container

<!-- step
id: serve
kind: repair
setup: [docker create --name doing1 alpine:3.13]
checks:
  - {check: container, name: doing1, state: exited, finding: not-started, hint: doing1 was never started.}
-->

## Rename

<!-- step
id: rename
kind: run
setup: [docker create --name before1 alpine:3.13]
checks:
  - {check: exit, is: 0, finding: not-removed, hint: It was not removed.}
-->

\`\`\`sh run
docker rm before1
\`\`\`

## Read

<!-- step
id: read
kind: read
-->
`,
	'app/Dockerfile': dockerfile,
	'broken/mend/app/Dockerfile': dockerfile.replace('--from=words', '--from=other'),
	'broken/mend/app/extra.txt': 'extra\n',
	'solutions/mend/run.yaml': 'finding: passed\ncommands: []\n',
	'solutions/mend/app/Dockerfile': dockerfile,
	'solutions/serve/run.yaml': 'finding: passed\ncommands:\n  - [docker, start, doing1]\n',
} satisfies Record<string, string>;

/**
 * The folder of a workshop with steps of the kinds `blank` and `repair`, and with preparations. `changes`: other texts of
 * its files.
 */
export const writeDoingWorkshop = (changes: Record<string, string> = {}): string => {
	const folder = temporaryFolder();
	writeFiles(folder, {...files, ...changes});
	return folder;
};
