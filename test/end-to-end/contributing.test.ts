import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';
import {commandsOf} from '../tools/commands-of.js';
import {deepTest} from '../tools/deep.js';
import {openTerminal} from '../tools/terminal.js';

/** What the guide lets a developer do in a clone, in this order; the rest needs engines, and CI does it. */
const inClone = ['npm install', 'npm run build', 'npx ava test/checks', 'npm run format'];
const byCi = [
	'npm test',
	'npm run lint',
	'npm run test:deep',
	'npm run test:engines',
	'npx ava <path>',
	'npm audit',
	'npx ava',
	'npm run bench',
	'npm run bench -- flood-time',
	'bash .ci/run',
	'test/engine/registry up',
	'test/engine/engine up 26',
	'test/engine/engine down 26',
	'test/engine/registry down',
];

/** What needs somebody at a keyboard, or a release to be made. */
const byHand = [
	'npm run dev',
	'npm run coverage',
	'npm run test:all',
	'npm run faults',
	'npm run faults -- 20 7 stages',
	'npx ava debug test/checks/judge.test.ts',
	"npx ava test/checks/judge.test.ts --match '*port*'",
	'npm start -- run --json',
	'npm start -- --plain',
	'npm start -- run --replay',
	'npm start -- doctor',
	'npm update',
	'npm run check-release -- v<version>',
	'npm version <version>',
	'npm pack --dry-run',
	'npm publish --provenance',
];

const isClone = existsSync('.git');

test.serial('every command of the guide is run by a test or by CI, or is for people', t => {
	const commands = commandsOf('contributing.md', /^(?:np[mx] |bash )/);
	t.deepEqual(
		commands.filter(command => ![...inClone, ...byCi, ...byHand, 'npm start'].includes(command)),
		[],
	);
});

(isClone ? deepTest : test.skip)('a clone becomes a first change as the guide says', async t => {
	const clone = path.join(temporaryFolder(), 'clone');
	await execa('git', ['clone', '--quiet', '.', clone]);
	// In production, npm would install none of what a developer needs; who clones it has no engines that are required.
	const asked = /^(?:NODE_ENV|TEST_|REQUIRE_|LISTED_ENGINES|E2E_NODE|CPU_TIMES)/;
	const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !asked.test(name)));
	const env = {...kept, ...childEnvironment(temporaryFolder())};
	for (const command of inClone) {
		const {exitCode, all} = await execa(command, {
			shell: true,
			cwd: clone,
			env,
			extendEnv: false,
			all: true,
			reject: false,
		});
		t.is(exitCode, 0, `${command}:\n${all}`);
	}
	const {stdout} = await execa('git', ['status', '--short'], {cwd: clone});
	t.is(stdout, '', 'what is in the repository is in order');

	const file = path.join(clone, 'workshops/multi-stage/workshop.md');
	writeFileSync(file, readFileSync(file, 'utf8').replace('title: Multi-stage builds', 'title: My own title'));
	const terminal = openTerminal({around: 'npm start', cwd: clone, env: {DOCKER_HOST: 'tcp://127.0.0.1:1'}});
	await terminal.waitFor('My own title', 60_000);
	terminal.press('q');
	t.is((await terminal.exited).exitCode, 0);
});
