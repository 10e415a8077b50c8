import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {engineTests} from '../engine/engines.js';
import {beginAt} from '../tools/begin-at.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {createRandom} from '../tools/create-random.js';
import {deep} from '../tools/deep.js';
import {findProcesses} from '../tools/find-processes.js';
import {runCli} from '../tools/run-cli.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {trust} from '../tools/trust.js';
import {takeInventory, withMore} from './inventory.js';
import {intrude, settleIn} from './learners-things.js';
import {workshopOf} from './make-faults.js';
import {findEngine, startCommand, waitForWords} from './open-command.js';
import {type Place, runInBackground, stateOf, waitUntil} from './run-in-background.js';

/** `KILLS=50` for the long proof. */
const count = Number(process.env.KILLS ?? deep(2, 6));

/** Milliseconds after its first command in which a run of any of these has done most of what it does. */
const longest = 6000;
const chapters = ['multi-stage-dockerfiles', 'buildkit', 'go-application', 'lab'];

/** What a learner does on the screen: runs a shipped step, or the one command of an author’s workshop. */
const deeds: Array<{stepId: string} | {command: string}> = [
	{stepId: 'build-simple'},
	{stepId: 'build-parallel-buildkit'},
	{stepId: 'build-whoami'},
	{command: 'docker run -d --stop-signal KILL alpine:3.13 sleep 86400'},
	{command: 'docker run --name ours alpine:3.13 sleep 2'},
];

const passed = Object.fromEntries(
	['disable-buildkit', 'enable-buildkit'].map(id => [id, {at: '2026-01-02T03:04:05Z', finding: 'passed'}]),
);

/** The program at work; `kill` resolves when it has gone. */
type Victim = {what: string; begun: Promise<unknown>; kill(): Promise<unknown>};

const rehearse = (chapter: string, place: Place, env: Record<string, string>): Victim => {
	const run = runInBackground(['run', chapter, '--yes'], place, env);
	return {
		what: `run ${chapter}`,
		begun: Promise.race([run.exited, waitUntil(() => hasBegun(place), 'a first command ran')]),
		kill() {
			run.end('SIGKILL');
			return run.exited;
		},
	};
};

/** On the screen, which a learner is at as soon as the engine has answered. */
const sitDown = (what: string, args: string[], place: Place, env: Record<string, string>): Victim => {
	const terminal = openTerminal({...place, env, args: args.flatMap(folder => [folder, ...trust(folder)])});
	const act = async () => {
		await findEngine(terminal);
		terminal.press(keys.enter);
		await terminal.waitFor('enter run');
		await startCommand(terminal, null, () => hasBegun(place));
	};
	// It may be dead before it gets there.
	const acted = act().catch(() => {});
	return {
		begun: acted,
		what: `the screen at ${what}`,
		async kill() {
			terminal.kill('SIGKILL');
			await Promise.all([terminal.exited, acted]);
		},
	};
};

/** Whether a first command runs, or did. */
const hasBegun = (place: Place): boolean => existsSync(path.join(stateOf(place), 'transcripts'));

/** Files that tell of processes which still write. */
const runningIn = (place: Place): string[] => {
	const folder = path.join(stateOf(place), 'transcripts');
	if (!existsSync(folder)) return [];
	return readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(file => {
		if (path.basename(file) !== 'pid') return false;
		return existsSync(`/proc/${readFileSync(path.join(folder, file), 'utf8').trim()}`);
	});
};

engineTests((engineTest, name) => {
	if (name !== '26') return;
	engineTest(`${count} times killed at a random moment, nothing of ours is lost`, async (t, engine) => {
		const random = createRandom(7);
		const oneOf = <Value>(values: Value[]): Value => values[Math.floor(random() * values.length)] as Value;
		const {env} = engine;
		await settleIn(engine);
		let theirs = await takeInventory(engine);
		const found = {run: 0, screen: 0};
		for (let kill = 1; kill <= count; kill++) {
			const moment = Math.round(random() * longest);
			const deed = oneOf(deeds);
			const isOnScreen = kill % 2 === 0;
			const stepId = isOnScreen && 'stepId' in deed ? deed.stepId : null;
			const own = isOnScreen && 'command' in deed ? [workshopOf(deed.command)] : [];
			const home = stepId === null ? temporaryFolder() : beginAt(stepId, {passed});
			const place = {home, cwd: temporaryFolder()};
			const victim = isOnScreen
				? sitDown(Object.values(deed).join(), own, place, env)
				: rehearse(oneOf(chapters), place, env);
			if (kill % 4 === 1) theirs = withMore(theirs, await intrude(engine, `kill-${kill}`, () => true));
			// Some die before they have begun; most in the middle of something.
			if (kill % 5 !== 0) await victim.begun;
			await pause(moment);
			await victim.kill();
			// A build that the engine was asked for goes on without the program, and ends by itself.
			await waitUntil(() => findProcesses(`HOME=${place.home}`).length === 0, 'what was under way had ended');
			const what = `kill ${kill}, ${victim.what}, after ${moment} ms`;
			const {stdout, exitCode, stderr} = await runCli(
				['cleanup', '--json', '--yes', ...own.flatMap(folder => ['--workshop', folder])],
				{...place, env},
			);
			t.is(exitCode, 0, `${what}: ${stderr}`);
			const removed = new Set(JSON.parse(stdout).removed.map((item: {kind: string}) => item.kind));
			t.log(`${what}: ${[...removed].join(', ') || 'nothing'} removed`);
			if (removed.has('image') || removed.has('container')) found[isOnScreen ? 'screen' : 'run']++;
			t.deepEqual(await takeInventory(engine), theirs, what);
			t.false(existsSync(path.join(place.cwd, 'multi-stage')), what);
		}
		// Kills that come before anything was made prove nothing.
		t.true(found.run + found.screen >= count / 4, JSON.stringify(found));
	});

	engineTest('the start after a kill says what was left, and how to remove it', async (t, engine) => {
		const {env} = engine;
		const theirs = await takeInventory(engine);
		const place = {home: beginAt('build-simple', {passed}), cwd: temporaryFolder()};
		const killed = openTerminal({...place, env});
		await findEngine(killed);
		killed.press(keys.enter);
		await killed.waitFor('enter run');
		await startCommand(killed, null, () => runningIn(place).length > 0);
		killed.kill('SIGKILL');
		await killed.exited;
		await waitUntil(() => runningIn(place).length === 0, 'what was under way had ended');
		for (const isFirst of [true, false]) {
			const next = openTerminal({...place, env});
			await findEngine(next);
			if (isFirst) await waitForWords(next, /left \d+ things? on the engine: multistage-workshop cleanup/);
			else t.notRegex(next.screen().join('\n'), /An earlier session/);
			next.press('q');
			await next.exited;
		}
		t.is((await runCli(['cleanup', '--yes'], {...place, env})).exitCode, 0);
		t.deepEqual(await takeInventory(engine), theirs);
	});
});
