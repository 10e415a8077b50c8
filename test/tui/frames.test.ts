import process from 'node:process';
import test from 'ava';
import type {Verdict} from '../../source/checks/model.js';
import type {SessionState} from '../../source/session/state.js';
import {crookedBorders} from './crooked-borders.js';
import {openEmulated} from './open-emulated.js';
import {comparedRun, failedBuild, finishedBuild, finishedRun, runningBuild} from './sample-runs.js';
import {identity, sampleState} from './sample-state.js';

// The last page tells a command as the program was started, whatever started these tests.
Object.assign(process.env, {npm_execpath: 'npx-cli.js', npm_lifecycle_event: 'npx'});

const passed = {at: '2026-01-02T03:04:05Z', finding: 'passed'};

const wrongPort: Verdict = {
	verdict: 'failed',
	finding: 'published-wrong-port',
	reason: 'Port 80 of the container is published, but whoami listens on 5000.',
	next: 'publish the other one: `docker run -d -p 8050:5000 whoami -port 5000`',
	evidence: {
		container: '3f2a',
		image: 'whoami',
		listening: 5000,
		exposed: ['80/tcp'],
		published: [{hostIp: '0.0.0.0', hostPort: 8050, containerPort: 80, protocol: 'tcp'}],
		answer: null,
	},
};

/** Each with a text that stands on it at every size, by which the test sees that it has been drawn. */
const screens: Record<string, {state: SessionState; has: string}> = {
	welcome: {
		state: sampleState({
			screen: 'welcome',
			findings: [
				{id: 'disk', verdict: 'failed', reason: 'The disk is nearly full.', next: '`docker system df`'},
			],
		}),
		has: 'enter start',
	},
	'welcome-without-engine': {
		state: sampleState({
			screen: 'welcome',
			engine: {
				status: 'missing',
				isSlow: false,
				reason: 'Nothing answers at unix:///var/run/docker.sock.',
				next: 'start Docker, then press `t`',
			},
		}),
		has: 'no engine',
	},
	'before-a-build': {state: sampleState(), has: 'enter run'},
	'running-build': {
		state: sampleState({runningStepId: 'build', runs: {build: runningBuild}}),
		has: '40/40',
	},
	'finished-build': {
		state: sampleState({runs: {build: finishedBuild}, passed: {build: passed}}),
		has: 'enter next step',
	},
	'failed-build': {
		state: sampleState({runs: {build: failedBuild}, hints: {build: 1}}),
		has: 'enter run again',
	},
	'finished-run': {
		state: sampleState({stepId: 'run', runs: {run: finishedRun}, passed: {run: passed}}),
		has: 'enter next step',
	},
	comparison: {
		state: sampleState({stepId: 'sizes', runs: {sizes: comparedRun}, passed: {sizes: passed}}),
		has: 'enter next step',
	},
	challenge: {state: sampleState({stepId: 'port', challenges: {port: wrongPort}}), has: 'listens on 5000'},
	'challenge-with-a-typed-command': {
		state: sampleState({
			stepId: 'port',
			challenges: {port: wrongPort},
			runs: {port: {...finishedRun, stepId: 'port', commandLine: 'docker port whoami1', verdict: null}},
		}),
		has: 'listens on 5000',
	},
	recording: {
		state: sampleState({
			engine: {
				status: 'ready',
				identity: {...identity, recorded: {date: '2026-05-01T00:00:00Z', standIn: true}},
			},
			runs: {build: finishedBuild},
			passed: {build: passed},
		}),
		has: 'RECORDED',
	},
	question: {
		state: sampleState({
			question: {
				title: 'Leave the workshop?',
				lines: ['Your progress is kept: the next start goes on here.'],
				choices: [
					{key: 'y', label: 'leave', answer: 'yes'},
					{key: 'n', label: 'stay', answer: 'no'},
				],
			},
		}),
		has: 'Leave the workshop?',
	},
	chapters: {state: sampleState({overlay: 'chapters'}), has: 'enter go there'},
	doctor: {
		state: sampleState({
			overlay: 'doctor',
			findings: [
				{id: 'node', verdict: 'passed', reason: 'Node 24.1.0 runs the program.', next: null},
				{
					id: 'names',
					verdict: 'passed',
					reason: 'The image simple:latest is yours, and the workshop gives that name too.',
					next: 'keep your image under another name as well: `docker tag simple:latest mine`',
				},
				{id: 'disk', verdict: 'failed', reason: 'The disk is nearly full.', next: 'make room'},
				{id: 'terminal', verdict: 'unknown', reason: 'How large it is can’t be told.', next: null},
			],
		}),
		has: 'r look again',
	},
	keys: {state: sampleState({overlay: 'keys'}), has: 'enter back'},
	end: {
		state: sampleState({screen: 'end', runs: {build: finishedBuild, run: finishedRun}, hints: {build: 2}}),
		has: 'enter leave',
	},
};

const sizes = [
	{columns: 120, rows: 36},
	{columns: 80, rows: 24},
	{columns: 50, rows: 14},
];

for (const {columns, rows} of sizes) {
	for (const [name, {state, has}] of Object.entries(screens)) {
		test.serial(`${name} at ${columns}×${rows}`, async t => {
			const screen = openEmulated(t, state, {columns, rows});
			const lines = await screen.waitFor(has);
			t.is(lines.at(-1), '', 'the last row of the terminal stays empty');
			t.deepEqual(crookedBorders(screen, {columns, rows}), []);
			t.snapshot(lines.join('\n').trimEnd());
		});
	}
}
