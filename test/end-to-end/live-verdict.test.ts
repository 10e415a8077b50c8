import type {ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import {passTo, startFakeDaemon} from '../engine/fake-daemon.js';
import type {TestEngine} from '../engine/test-engine.js';
import {buildLabImages, imageId} from '../lab-states/lab-images.js';
import {beginAt} from '../tools/begin-at.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {findEngine} from './open-command.js';
import {runUntil} from './run-until.js';

const passed = {at: '2026-01-01T00:00:00.000Z', finding: 'passed'};

/** Opens the lab for a learner who has built whoami. */
const openLab = async (env: Record<string, string>): Promise<TestTerminal> => {
	const terminal = openTerminal({
		home: beginAt('lab-port', {passed: {'build-whoami': passed}}),
		env,
		rows: 36,
	});
	await terminal.waitFor(/passed; continue at “A port of your own”/);
	await findEngine(terminal);
	terminal.press(keys.enter);
	await terminal.waitFor('There is no container of whoami');
	return terminal;
};

const leave = async (t: ExecutionContext, terminal: TestTerminal): Promise<void> => {
	terminal.press('q');
	await terminal.waitFor('Leave the workshop?');
	terminal.press('y');
	t.is((await terminal.exited).exitCode, 0);
};

/** All of it in one frame, and nothing of `but`: a piece of output may end in the middle of one. */
const showsAll = (terminal: TestTerminal, wanted: RegExp[], but = /(?!)/): Promise<string[]> =>
	terminal.waitUntil(
		rows => wanted.every(part => part.test(rows.join('\n'))) && !but.test(rows.join('\n')),
		`${wanted.join(' and ')} without ${but}`,
	);

/** What a second terminal types. */
const runWrong = ({docker}: TestEngine) => docker('run', '-d', '-P', 'whoami', '-port', '5000');
const runRight = async ({docker, freePort}: TestEngine) =>
	docker('run', '-d', '-p', `${await freePort()}:5000`, 'whoami', '-port', '5000');

engineTests(engineTest => {
	engineTest('the images are built', async (t, engine) => {
		for (const id of await buildLabImages(engine)) t.regex(id, imageId);
	});

	engineTest('a server that needs longer than its time passes when it answers', async (t, {env, docker}) => {
		const id = await docker('run', '-d', '-p', '5000', 'tricky', 'late', '600', '-port', '5000');
		t.teardown(() => docker('rm', '-f', id));
		const args = ['check', '--watch', '--json'];
		const {stdout, exitCode} = await runUntil(args, {env}, 'no-answer: ', () =>
			docker('exec', '-d', id, '/whoami', '-port', '5000'),
		);
		t.is(JSON.parse(stdout).finding, 'passed');
		t.is(exitCode, 0);
	});

	engineTest(
		'the screen follows a second terminal by itself, and what passed stays passed',
		async (t, engine) => {
			const terminal = await openLab(engine.env);
			const wrong = await runWrong(engine);
			t.teardown(() => engine.docker('rm', '-f', wrong).catch(() => {}));
			await showsAll(terminal, [
				/host :\d+ → ✖ container :80 \(broken here\)/,
				/✖ failed: Host port \d+ maps to port 80/,
			]);
			const right = await runRight(engine);
			await showsAll(terminal, [
				/host :\d+ → container :5000 → whoami listens on :5000/,
				new RegExp(`→ answered as ${right.slice(0, 4)}…`),
			]);
			await terminal.waitFor(/A port of your own ✔[\s\S]*enter next step/);
			await engine.docker('rm', '-f', right);
			await showsAll(terminal, [
				/passed before, and that stays\.[\s\S]*maps to port 80/,
				/A port of your own ✔[\s\S]*enter next step/,
			]);
			await engine.docker('rm', '-f', wrong);
			await terminal.waitFor('There is no container of whoami');
			await leave(t, terminal);
		},
	);

	engineTest('the engine goes away and comes back while the judge waits', async (t, engine) => {
		const between = await startFakeDaemon(passTo(engine.env.DOCKER_HOST));
		const terminal = await openLab({...engine.env, DOCKER_HOST: between.host});
		await between.stop();
		await showsAll(terminal, [/\? unknown: No Docker engine runs at/], /✖|✔ passed/);
		const wrong = await runWrong(engine);
		await between.start();
		await terminal.waitFor(/✖ failed: Host port \d+ maps to port 80/);
		await between.stop();
		await terminal.waitFor(/\? unknown: No Docker engine runs at/);
		const right = await runRight(engine);
		await between.start();
		await terminal.waitFor(/✔ passed: whoami in the container/);
		await engine.docker('rm', '-f', right, wrong);
		await terminal.waitFor('There is no container of whoami');
		await leave(t, terminal);
	});
});
