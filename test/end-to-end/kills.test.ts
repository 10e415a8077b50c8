import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {createRandom} from '../tools/create-random.js';
import {waitForProcesses} from '../tools/find-processes.js';
import {runCli} from '../tools/run-cli.js';
import {takeInventory, withMore} from './inventory.js';
import {intrude, settleIn} from './learners-things.js';
import {type Place, runInBackground, stateOf, waitUntil} from './run-in-background.js';

/** `KILLS=50` for the long proof. */
const count = Number(process.env.KILLS ?? 4);

/** Milliseconds in which a run of any of these has done most of what it does. */
const longest = 6000;
const chapters = ['multi-stage-dockerfiles', 'buildkit', 'go-application', 'lab'];

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
		const {env} = engine;
		await settleIn(engine);
		let theirs = await takeInventory(engine);
		for (let kill = 1; kill <= count; kill++) {
			const place = {home: temporaryFolder(), cwd: temporaryFolder()};
			const chapter = chapters[Math.floor(random() * chapters.length)] ?? '';
			const moment = Math.round(random() * longest);
			const run = runInBackground(['run', chapter, '--yes'], place, env);
			if (kill % 4 === 1) theirs = withMore(theirs, await intrude(engine, `kill-${kill}`, () => true));
			await pause(moment);
			run.end('SIGKILL');
			await run.exited;
			// A build that the engine was asked for goes on without the program, and ends by itself.
			await waitUntil(() => runningIn(place).length === 0, 'what was under way had ended');
			const what = `kill ${kill}, ${chapter}, after ${moment} ms`;
			const {stdout, exitCode, stderr} = await runCli(['cleanup', '--json', '--yes'], {...place, env});
			t.is(exitCode, 0, `${what}: ${stderr}`);
			t.log(`${what}: ${JSON.parse(stdout).removed.length} removed`);
			t.deepEqual(await takeInventory(engine), theirs, what);
			t.false(existsSync(path.join(place.cwd, 'multi-stage')), what);
			t.deepEqual(await waitForProcesses(`HOME=${place.home}`, 'none'), [], what);
		}
	});
});
