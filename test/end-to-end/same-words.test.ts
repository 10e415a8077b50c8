import type {ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {bringAbout} from '../lab-states/bring-about.js';
import {buildWhoami, imageId} from '../lab-states/lab-images.js';
import {rightStates} from '../lab-states/right-states.js';
import {wrongStates} from '../lab-states/wrong-states.js';
import {beginAt} from '../tools/begin-at.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {openTalk} from '../tools/talk.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {waitForWords} from './open-command.js';

const built = {passed: {'build-whoami': {at: '2026-01-01T00:00:00.000Z', finding: 'passed'}}};

type Told = {verdict: string; finding: string; reason: string; next: string | null};

const check = async (env: Record<string, string>, home?: string): Promise<Told> => {
	const {stdout} = await runCli(['check', '--json'], {env, ...(home ? {home} : {})});
	return JSON.parse(stdout);
};

const openLab = async (
	env: Record<string, string>,
	home = beginAt('lab-port', built),
): Promise<TestTerminal> => {
	const terminal = openTerminal({home, env, columns: 400, rows: 50});
	await terminal.waitFor(/passed; continue at “A port of your own”/);
	await terminal.waitFor(/engine \d+\.\d+/);
	terminal.press(keys.enter);
	return terminal;
};

/** Waits for a sentence, however it is broken into lines. */
const waitForSentence = (terminal: TestTerminal, sentence: string) =>
	waitForWords(terminal, new RegExp(sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')));

/** A sentence as the screen shows it: code has a colour instead of quotes. */
const bare = (text: string) => text.replaceAll('`', '');

/** The screen, the plain lines and `check` tell one state by the same words. */
const tellTheSame = async (t: ExecutionContext, {env}: TestEngine): Promise<Told> => {
	const told = await check(env);
	const terminal = await openLab(env);
	await waitForSentence(terminal, `${told.verdict}: ${bare(told.reason)}`);
	if (told.next) await waitForSentence(terminal, `next: ${bare(told.next)}`);
	terminal.kill('SIGKILL');
	await terminal.exited;
	const loop = openTalk({home: beginAt('lab-port', built), env: {...env, COLUMNS: '400'}});
	await loop.waitFor(/start/);
	loop.say('');
	const plain = (await loop.waitFor(/^(?:passed|failed|unknown): /m)).replaceAll('\n', ' ');
	t.true(plain.includes(`${told.verdict}: ${told.reason}`), plain);
	loop.kill('SIGKILL');
	await loop.exited;
	return told;
};

const titles = ['a host port and a name', '-P with -port 5000', 'UDP only', 'paused', '-port 80'];

engineTests((declare, name) => {
	// What is said does not depend on the engine.
	if (name !== '26') return;

	declare('whoami is built', async (t, engine) => {
		t.regex(await buildWhoami(engine), imageId);
	});

	for (const state of [...rightStates, ...wrongStates].filter(({title}) => titles.includes(title))) {
		declare(`the same words: ${state.title}`, async (t, engine) => {
			const brought = await bringAbout(engine, state);
			t.is((await tellTheSame(t, engine)).finding, state.finding);
			await brought.clear();
		});
	}

	declare('the solution leaves a right answer behind, and the hints stay', async (t, {env, docker}) => {
		const home = beginAt('lab-port', built);
		const terminal = await openLab(env, home);
		await terminal.waitFor('There is no container of whoami');
		for (const shown of ['Hint 1 of 2', 'Hint 2 of 2', 's run the solution']) {
			terminal.press('h');
			await terminal.waitFor(shown);
		}
		terminal.press('s');
		await terminal.waitFor(/A port of your own ✔[\s\S]*enter next step/);
		const told = await check(env, home);
		t.is(told.verdict, 'passed');
		await waitForSentence(terminal, bare(told.reason));
		terminal.press('q');
		await terminal.waitFor('Leave the workshop?');
		terminal.press('y');
		await terminal.exited;
		const again = await openLab(env, home);
		await again.waitFor(/A port of your own ✔[\s\S]*Hint 1 of 2[\s\S]*Solution/);
		again.kill('SIGKILL');
		await again.exited;
		await docker('rm', '-f', ...(await docker('ps', '-aq')).split('\n'));
	});

	declare('run says it as check does', async (t, {env}) => {
		const home = temporaryFolder();
		const {stdout} = await runCli(['run', 'lab', '--json', '--yes'], {env, home});
		const steps: Array<Told & {id: string}> = JSON.parse(stdout).chapters.flatMap(
			({steps: inner}: {steps: Told[]}) => inner,
		);
		const told = await check(env, home);
		t.like(
			steps.find(({id}) => id === 'lab-port'),
			{verdict: 'passed', reason: told.reason},
		);
	});
});
