import type {ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import {passTo, startFakeDaemon} from '../engine/fake-daemon.js';
import type {TestEngine} from '../engine/test-engine.js';
import {buildLabImages} from '../lab-states/lab-images.js';
import {beginAt} from '../tools/begin-at.js';
import {runCli} from '../tools/run-cli.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';

const passed = {at: '2026-01-01T00:00:00.000Z', finding: 'passed'};

/** Opens the lab for a learner who has built whoami. */
const openLab = async (env: Record<string, string>): Promise<TestTerminal> => {
	const terminal = openTerminal({
		home: beginAt('lab-port', {passed: {'build-whoami': passed}}),
		env,
		rows: 36,
	});
	await terminal.waitFor(/goes on at “A port of your own”/);
	await terminal.waitFor(/engine \d+\.\d+/);
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

/** What a second terminal types. */
const runWrong = ({docker}: TestEngine) => docker('run', '-d', '-P', 'whoami', '-port', '5000');
const runRight = async ({docker, freePort}: TestEngine) =>
	docker('run', '-d', '-p', `${await freePort()}:5000`, 'whoami', '-port', '5000');

engineTests(engineTest => {
	engineTest('the images are built', async (t, engine) => {
		await buildLabImages(engine);
		t.pass();
	});

	engineTest('a server that needs longer than its time passes when it answers', async (t, {env, docker}) => {
		const id = await docker('run', '-d', '-p', '5000', 'tricky', 'late', '7', '-port', '5000');
		const {stdout, stderr, exitCode} = await runCli(['check', '--watch', '--json'], {env});
		t.regex(stderr, /no-answer: /);
		t.is(JSON.parse(stdout).finding, 'passed');
		t.is(exitCode, 0);
		await docker('rm', '-f', id);
	});

	engineTest(
		'the screen follows a second terminal by itself, and what passed stays passed',
		async (t, engine) => {
			const terminal = await openLab(engine.env);
			const wrong = await runWrong(engine);
			const broken = await terminal.waitFor(/host :\d+ → ✖ container :80 \(broken here\)/);
			t.regex(broken.join('\n'), /✖ failed: Host port \d+ maps to port 80/);
			const right = await runRight(engine);
			const whole = await terminal.waitFor(/host :\d+ → container :5000 → whoami listens on :5000/);
			t.regex(whole.join('\n'), new RegExp(`→ answered as ${right.slice(0, 4)}…`));
			await terminal.waitFor(/A port of your own ✔[\s\S]*enter next step/);
			await engine.docker('rm', '-f', right);
			const removed = await terminal.waitFor(/passed before, and that stays\.[\s\S]*maps to port 80/);
			t.regex(removed.join('\n'), /A port of your own ✔[\s\S]*enter next step/);
			await engine.docker('rm', '-f', wrong);
			await terminal.waitFor('There is no container of whoami');
			await leave(t, terminal);
		},
	);

	engineTest('the engine goes away and comes back while the judge waits', async (t, engine) => {
		const between = await startFakeDaemon(passTo(engine.env.DOCKER_HOST));
		const terminal = await openLab({...engine.env, DOCKER_HOST: between.host});
		await between.stop();
		const gone = await terminal.waitFor(/\? unknown: No Docker engine runs at/);
		t.notRegex(gone.join('\n'), /✖|✔ passed/);
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
