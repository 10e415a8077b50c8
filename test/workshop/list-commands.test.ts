import test from 'ava';
import {parseWorkshop} from '../../source/workshop/parse-workshop.js';
import {fingerprintStep, listCommands} from '../../source/workshop/steps.js';

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

## Fill in

<!-- step
id: fill
kind: blank
fills: [-a, it]
-->

\`\`\`sh run
docker ps {{?}} {{?}}
\`\`\`

## Solve

<!-- step
id: solve
kind: challenge
setup: [docker create it]
judge:
  - run: docker build .
    edit: {file: app/notes.txt, line: one more}
  - run: docker ps
-->

Solve it.
`;

const parsed = parseWorkshop(
	new Map([
		['workshop.md', workshop],
		['01-one.md', chapter],
	]),
);

test('what a workshop runs are its commands, its solutions, its proofs and its attempts, each once', t => {
	t.truthy(parsed.workshop, JSON.stringify(parsed.problems));
	if (!parsed.workshop) return;
	const overlay = {overlay: 'solutions/solve', finding: 'passed', commands: [['docker', 'pull', 'it']]};
	const attempt = {
		overlay: 'attempts/solve/wrong',
		finding: 'wrong',
		commands: [
			['docker', 'ps'],
			['sh', '-c', 'id > x'],
			['sh', '-c', 'id', '>', 'x'],
		],
	};
	t.deepEqual(
		listCommands(parsed.workshop, () => ({solution: overlay, attempts: [attempt, attempt]})),
		{
			commands: [
				['docker', 'ps'],
				['docker', 'ps', '-a', 'it'],
				['docker', 'create', 'it'],
				['docker', 'pull', 'it'],
				['docker', 'build', '.'],
			],
			attempts: [
				['sh', '-c', 'id > x'],
				['sh', '-c', 'id', '>', 'x'],
			],
			edits: [{file: 'app/notes.txt', line: 'one more'}],
			patched: [],
		},
	);
});

test('a preparation and a patch are a part of what a pass is bound to, and their absence is not', t => {
	const [step] = parsed.workshop?.chapters[0]?.steps.filter(({id}) => id === 'do') ?? [];
	if (!step) return t.fail();
	t.is(fingerprintStep(step), '2ae6c0ccc6d5bd83');
	t.not(fingerprintStep({...step, setup: ['docker ps']}), fingerprintStep(step));
	const patches = [{file: 'app/x', hunks: []}];
	t.not(fingerprintStep({...step, patches}), fingerprintStep(step));
});
