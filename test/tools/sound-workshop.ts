/** A valid workshop with one of everything, of which each lint test changes one thing. Path → text. */
export const soundWorkshop = {
	'workshop.md': `---
format: 1
id: sound
title: A sound workshop
minutes: 5
images: [alpine:3.13]
contexts: [app]
---

One image, one challenge.
`,
	'01-first.md': `# First

## Read it

<!-- step
id: read-it
kind: read
checks:
  - {check: file, path: app/Dockerfile, has: [FROM alpine], finding: no-file, hint: The file app/Dockerfile is missing.}
-->

Two stages.

<!-- when store: containerd -->

Sizes are those of the containerd store.

<!-- otherwise -->

Sizes are those of the classic store.

<!-- end -->

## Build it

<!-- step
id: build-it
kind: run
needs: [read-it]
predict: stages
checks:
  - check: exit
    is: 0
    finding: build-failed
    hint: The build ended with an error.
  - {check: stages, done: [words], finding: left-out, hint: The stage words has to be built.}
-->

Press enter.

\`\`\`sh run
docker build -t app --target words ./app
\`\`\`

<details><summary>Hint</summary>

Look at the pane.

</details>
`,
	'02-second.md': `# Second

## Start it

<!-- step
id: start-it
kind: run
needs: [build-it]
capture: {id: '([0-9a-f]{12})'}
checks:
  - {check: exit, is: 0, finding: not-started, hint: It did not start.}
-->

\`\`\`sh run
docker run -d app sleep 60
\`\`\`

## Stop it

<!-- step
id: stop-it
kind: run
needs: [start-it]
checks:
  - {check: exit, is: 0, finding: not-stopped, hint: It did not stop.}
-->

\`\`\`sh run
docker stop {{id}}
\`\`\`

## Say it

<!-- step
id: say-it
kind: challenge
needs: [build-it]
checks:
  - {check: container, name: waits, state: running, finding: not-waiting, hint: No container called waits is running.}
-->

Start a container that is called \`waits\`.

<details><summary>Solution</summary>

Give it a name.

</details>
`,
	'app/Dockerfile': `FROM alpine:3.13 AS words
RUN echo hello > /words.txt

FROM alpine:3.13
COPY --from=words /words.txt /words.txt
`,
	'solutions/say-it/run.yaml': `finding: passed
commands:
  - [docker, run, -d, --name, waits, app, sleep, '60']
`,
	'attempts/say-it/no-name/run.yaml': `finding: not-waiting
commands:
  - [docker, run, -d, app, sleep, '60']
`,
	'recordings/26/build-it.legacy.jsonl':
		'{"recording":1,"argv":["docker","build","-t","app","--target","words","./app"]}\n{"t":0,"stream":"stdout","data":"hello"}\n{"outcome":null}\n',
} as const satisfies Record<string, string>;
