import {readFileSync} from 'node:fs';
import path from 'node:path';
import {writeWorkshop} from '../bench/write-workshop.js';
import {engineTests} from '../engine/engines.js';
import {buildLabImages, imageId} from '../lab-states/lab-images.js';
import {beginAt} from '../tools/begin-at.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {byQ, hasLeft, openToLeave, signalProgram} from '../tools/leave.js';
import {keys} from '../tools/terminal.js';
import {findEngine, openCommand} from './open-command.js';

const preload = path.resolve('test/fixtures/terminal/jump-clock.js');

/** How far the clock of the machine jumps, as when a laptop wakes or a time server answers. */
const jumps = {'a day ahead': '24', 'a day back': '-24', 'to 1970': '-480000'};

engineTests((engineTest, engineName) => {
	if (engineName !== '26') return;
	engineTest('whoami is built', async (t, engine) => {
		for (const id of await buildLabImages(engine)) t.regex(id, imageId);
	});

	for (const [name, hours] of Object.entries(jumps)) {
		const environment = {NODE_OPTIONS: `--import=${preload}`, JUMP_HOURS: hours};

		engineTest(`a clock that jumps ${name} in the middle of a build changes no seconds`, async (t, {env}) => {
			const steps = [{id: 'build', command: 'docker build --no-cache ./context'}];
			const dockerfile = 'FROM alpine:3.13\nRUN echo begun && sleep 3 && echo ended\n';
			const folder = writeWorkshop(temporaryFolder(), steps, dockerfile);
			const terminal = await openCommand({folder}, {env: {...env, ...environment}});
			terminal.press(keys.enter);
			await terminal.waitFor(/│ begun/);
			signalProgram(terminal, 'SIGUSR2');
			const rows = await terminal.waitFor('passed: The command ended with exit code 0.');
			t.regex(rows.join('\n'), / \d{1,2}\.\d s /);
			t.notRegex(rows.join('\n'), /-\d|\d{3,}\.\d s| \d+ (?:h|min) /);
			await byQ.leave(terminal, false);
			t.is((await hasLeft(t, terminal, byQ))[0], 'Bench: 1 of 1 steps passed.');
		});

		engineTest(`a clock that jumps ${name} leaves the judge right`, async (t, {env, docker, freePort}) => {
			const home = beginAt('lab-port', {
				passed: {'build-whoami': {at: '2026-01-01T00:00:00.000Z', finding: 'passed'}},
			});
			const terminal = openToLeave({home, env: {...env, ...environment}});
			await findEngine(terminal);
			terminal.press(keys.enter);
			await terminal.waitFor('There is no container of whoami');
			signalProgram(terminal, 'SIGUSR2');
			const wrong = await docker('run', '-d', '-P', 'whoami', '-port', '5000');
			await terminal.waitFor(/✖ failed: Host port \d+ maps to port 80/);
			const right = await docker('run', '-d', '-p', `${await freePort()}:5000`, 'whoami', '-port', '5000');
			await terminal.waitFor(/✔ passed: whoami in the container/);
			await docker('rm', '-f', wrong, right);
			await terminal.waitFor('There is no container of whoami');
			await byQ.leave(terminal, false);
			await hasLeft(t, terminal, byQ);
			const state = path.join(home, '.local/state/multistage-workshop/progress/multi-stage.json');
			t.is(JSON.parse(readFileSync(state, 'utf8')).passed['lab-port'].finding, 'passed');
		});
	}
});
