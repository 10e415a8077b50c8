import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {rehearseWhole} from './rehearse-whole.js';

const place = {home: temporaryFolder(), cwd: temporaryFolder()};
/** Two engines at a time must not share a lab folder: a line that one run adds is a change for the other. */
const labArgs = (lab: string) => ['--workshop', 'build-cache', '--dir', lab, '--json'];

engineTests((engineTest, name) => {
	const lab = path.join(place.cwd, `lab-${name}`);
	for (const builder of ['buildkit', 'legacy']) {
		// The second time all that does not change comes from the cache, and what changes must not.
		for (const time of ['first', 'second']) {
			engineTest(`the cache is as the text says, with ${builder}, the ${time} time`, async (t, engine) => {
				const steps = await rehearseWhole(t, 'build-cache', {
					...place,
					env: engine.env,
					more: ['--dir', lab, '--builder', builder],
				});
				t.is(steps.length, 10);
				const last = steps.find(({id}) => id === 'edit-stages');
				t.deepEqual(
					last?.stages.map(({name, status}) => `${name} ${status}`),
					['base cached', 'packages cached', 'app done', 'final cached'],
				);
			});
		}
	}

	engineTest('nothing of it is left but the base images', async (t, {docker}) => {
		const images = await docker('image', 'ls', '-a', '--format', '{{.Repository}}:{{.Tag}}');
		t.deepEqual(images.split('\n').sort(), ['alpine:3.13', 'golang:1.16.4-alpine']);
	});

	engineTest(
		'the challenge is judged by builds, and the learner’s files stay as they are',
		async (t, {env}) => {
			const check = async () => {
				const args = ['check', 'ignore-notes', ...labArgs(lab)];
				const {stdout, exitCode} = await runCli(args, {...place, env});
				return {finding: JSON.parse(stdout).finding, exitCode};
			};
			t.deepEqual(await check(), {finding: 'notes-not-ignored', exitCode: 1});
			const notes = path.join(lab, 'careful', 'notes.txt');
			writeFileSync(notes, 'My own notes.\n');
			writeFileSync(path.join(lab, 'careful', '.dockerignore'), '*.md\nnotes*\n');
			t.deepEqual(await check(), {finding: 'passed', exitCode: 0});
			t.deepEqual(await check(), {finding: 'passed', exitCode: 0}, 'a second time');
			t.is(readFileSync(notes, 'utf8'), 'My own notes.\n');
			writeFileSync(path.join(lab, 'careful', '.dockerignore'), '');
			t.deepEqual(await check(), {finding: 'notes-not-ignored', exitCode: 1});
		},
	);

	engineTest('check --watch judges again after each change, until it passes', async (t, {env}) => {
		const args = ['check', 'ignore-notes', ...labArgs(lab), '--watch'];
		const watching = runCli(args, {...place, env});
		writeFileSync(path.join(lab, 'careful', '.dockerignore'), 'notes.txt\n');
		const {stdout, exitCode} = await watching;
		t.is(JSON.parse(stdout).finding, 'passed');
		t.is(exitCode, 0);
	});
});

test.serial('the recording passes without an engine', async t => {
	const steps = await rehearseWhole(t, 'build-cache', {
		...place,
		env: {PATH: '/nowhere'},
		more: ['--replay', '--dir', 'lab'],
	});
	t.is(steps.length, 10);
});
