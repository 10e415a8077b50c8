import test from 'ava';
import {listCommands} from '../../source/workshop/list-commands.js';
import {parseWorkshop} from '../../source/workshop/parse-workshop.js';

const workshop = `---
format: 1
id: tiny
title: Tiny
minutes: 1
images: []
contexts: []
---
`;
const chapter = `# One

## Choose

<!-- step
id: choose
kind: builder
-->

\`\`\`sh run
export DOCKER_BUILDKIT=1
\`\`\`

## Do

<!-- step
id: do
kind: run
-->

\`\`\`sh run
docker ps
\`\`\`

## Solve

<!-- step
id: solve
kind: challenge
judge:
  - run: docker build .
  - run: docker ps
-->

Solve it.
`;

test('what a workshop runs are its commands, its solutions and its proofs, each once', t => {
	const parsed = parseWorkshop(
		new Map([
			['workshop.md', workshop],
			['01-one.md', chapter],
		]),
	);
	t.truthy(parsed.workshop, JSON.stringify(parsed.problems));
	if (!parsed.workshop) return;
	const solution = {overlay: 'solutions/solve', finding: 'passed', commands: [['docker', 'pull', 'it']]};
	t.deepEqual(
		listCommands(parsed.workshop, () => solution),
		['docker ps', 'docker pull it', 'docker build .'],
	);
});
