import path from 'node:path';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {trust} from '../tools/trust.js';
import {writeFiles} from '../tools/write-files.js';

const step = (id: string, fields: string, command: string): string => `## ${id}

<!-- step
id: ${id}
kind: run
${fields}
-->

\`\`\`sh run
${command}
\`\`\`
`;

/** A workshop with a check of each kind that looks at output, logs, health, networks and volumes. */
const workshop = {
	'workshop.md': `---
format: 1
id: looks
title: Looks
minutes: 1
images: [alpine:3.13, golang:1.16.4-alpine]
contexts: []
---

Looks.
`,
	'01-looks.md': `# Looks

${step(
	'large',
	`capture: {size: '^(\\d+)'}
checks:
  - {check: stdout, matches: '^\\d+ map', number: {pattern: '^(\\d+)', least: 100}, finding: other, hint: Look.}`,
	`docker image inspect --format '{{.Size}} {{printf "%T" .Config.Labels}}' golang:1.16.4-alpine`,
)}
${step(
	'small',
	`needs: [large]
checks:
  - check: stdout
    number: {pattern: '(\\d+)', less-than: '{{size}}'}
    says: Alpine is smaller than Go.
    finding: not-smaller
    hint: Look.`,
	`docker image inspect --format '{{range .RepoTags}}{{end}}{{json .Size}}' alpine:3.13`,
)}
${step(
	'refused',
	`checks:
  - {check: stderr, matches: 'No such (object|image)', lacks: [panic], finding: other, hint: Look.}`,
	'docker image inspect nobody-has-this',
)}
${step(
	'net',
	`checks:
  - {check: network, name: looks-front, finding: no-network, hint: Look.}
  - {check: volume, name: looks-data, exists: false, finding: too-early, hint: Look.}`,
	'docker network create looks-front',
)}
${step(
	'start',
	`needs: [net]
checks:
  - {check: volume, name: looks-data, finding: no-volume, hint: Look.}
  - check: container
    name: looks-one
    networks: [looks-front]
    volumes: [looks-data]
    logs: {has: [ready], lacks: [error], matches: '^ready now$'}
    health: healthy
    finding: not-healthy
    hint: Look.`,
	`docker run -d --name looks-one --network looks-front -v looks-data:/data --health-cmd true --health-interval 1s alpine:3.13 sh -c 'sleep 1; echo ready now; exec sleep 60'`,
)}
## Smaller

<!-- step
id: smaller
kind: challenge
needs: [large]
checks:
  - {check: image, image: looks-small, exists: true, finding: no-image, hint: Look.}
judge:
  - run: docker image inspect --format '{{.Size}}' looks-small
    checks:
      - check: stdout
        number: {pattern: '(.+)', less-than: '{{size}}'}
        says: Yours is smaller than Go.
        finding: not-smaller
        hint: Look.
-->

Tag a small image.

## Go

<!-- step
id: go
kind: run
-->

Goes.
`,
	'solutions/smaller/run.yaml': 'finding: passed\ncommands: [[docker, tag, "alpine:3.13", looks-small]]\n',
	'attempts/smaller/go/run.yaml':
		'finding: not-smaller\ncommands: [[docker, tag, "golang:1.16.4-alpine", looks-small]]\n',
};

engineTests((engineTest, name) => {
	if (name !== '26') return;
	engineTest(
		'what a workshop looks at is found on an engine, and in the recording of it',
		async (t, {env}) => {
			const folder = path.join(temporaryFolder(), 'looks');
			writeFiles(folder, workshop);
			const linted = await runCli(['lint', folder], {env: {PATH: '/nowhere'}});
			t.is(linted.exitCode, 0, linted.stdout);
			const proven = await runCli(['lint', folder, '--engine', ...trust(folder)], {env});
			t.is(proven.exitCode, 0, proven.stdout + proven.stderr);
			const run = ['run', '--workshop', folder];
			const live = await runCli([...run, '--yes', '--record', ...trust(folder)], {env});
			t.is(live.exitCode, 0, live.stdout);
			const replayed = await runCli([...run, '--replay'], {env: {PATH: '/nowhere'}});
			t.is(replayed.exitCode, 0, replayed.stdout);
			for (const {stdout} of [live, replayed]) {
				t.true(stdout.includes('Alpine is smaller than Go.'), stdout);
				t.true(stdout.includes('Yours is smaller than Go.'), stdout);
				t.true(stdout.includes('The log of the container looks-one is as expected.'), stdout);
			}
		},
	);
});
