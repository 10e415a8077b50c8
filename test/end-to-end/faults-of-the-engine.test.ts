import {randomBytes} from 'node:crypto';
import {readFileSync, renameSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {execa} from 'execa';
import {writeWorkshop} from '../bench/write-workshop.js';
import {engineTests} from '../engine/engines.js';
import {type IsolatedEngine, isolatedTwin} from '../engine/isolated-engine.js';
import {engineScript} from '../engine/list-engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {waitForProcesses} from '../tools/find-processes.js';
import {byQ, hasLeft} from '../tools/leave.js';
import {keys} from '../tools/terminal.js';
import {openCommand, waitForWords} from './open-command.js';

/** What becomes of an engine, and how that is undone. */
type Blow = {
	name: string;
	says: RegExp;
	strike(twin: IsolatedEngine): Promise<void>;
	heal(twin: IsolatedEngine): Promise<void>;
};

const socketOf = ({env}: IsolatedEngine): string => env.DOCKER_HOST.replace('unix://', '');
const signal = (twin: IsolatedEngine, name: NodeJS.Signals): void => {
	process.kill(Number(readFileSync(path.join(path.dirname(socketOf(twin)), 'pid'), 'utf8')), name);
};

const killed: Blow = {
	name: 'is killed',
	says: /No Docker engine runs at unix:/,
	strike: twin => twin.kill(),
	heal: async twin => {
		await execa(engineScript, ['down', twin.name], {stdin: 'ignore'});
		await twin.start();
	},
};
const frozen: Blow = {
	name: 'no longer answers',
	says: /The Docker engine at unix:\S+( \S+)? does not answer\./,
	strike: async twin => signal(twin, 'SIGSTOP'),
	heal: async twin => signal(twin, 'SIGCONT'),
};
const hidden: Blow = {
	name: 'has lost its socket',
	says: /No Docker engine runs at unix:/,
	strike: async twin => renameSync(socketOf(twin), `${socketOf(twin)}.away`),
	heal: async twin => renameSync(`${socketOf(twin)}.away`, socketOf(twin)),
};

/** A build that goes on until it is cancelled; its token stands in the command lines of what it runs. */
const writeBuild = (): {folder: string; token: string} => {
	const token = `token-${randomBytes(6).toString('hex')}`;
	const dockerfile = `FROM alpine:3.13\nRUN echo begun && sleep 1000 && echo ${token}\n`;
	const steps = [{id: 'build', command: 'docker build --no-cache -t slow ./context'}];
	return {folder: writeWorkshop(temporaryFolder(), steps, dockerfile), token};
};

const summary = ['Bench: 0 of 1 steps passed.', 'Next time you continue at “Run build”.'];

engineTests((engineTest, engineName) => {
	if (engineName !== '26') return;
	let twin: IsolatedEngine;
	engineTest('a second engine starts', async (t, engine) => {
		twin = isolatedTwin(engine);
		await twin.start();
		await execa(engineScript, ['images', twin.name], {stdin: 'ignore'});
		t.regex(await twin.docker('image', 'ls'), /alpine/);
	});
	for (const blow of [killed, frozen, hidden]) {
		engineTest(`an engine that ${blow.name} before a command is told, and it goes on`, async t => {
			const terminal = await openCommand('docker run --rm alpine:3.13 echo printed', {env: twin.env});
			await blow.strike(twin);
			terminal.press(keys.enter);
			await waitForWords(terminal, blow.says);
			await blow.heal(twin);
			terminal.press(keys.enter);
			await terminal.waitFor('passed: The command ended with exit code 0.');
			await byQ.leave(terminal, false);
			t.is((await hasLeft(t, terminal, byQ))[0], 'One: 1 of 1 steps passed.');
		});
	}
	for (const builder of ['legacy', 'buildkit']) {
		engineTest(`an engine that is killed in a build by ${builder} is no fault of the learner’s`, async t => {
			const {folder, token} = writeBuild();
			const terminal = await openCommand({folder}, {env: twin.env, args: ['--builder', builder]});
			terminal.press(keys.enter);
			t.not((await waitForProcesses(token, 'some')).length, 0);
			await killed.strike(twin);
			await waitForWords(terminal, /unknown: No Docker engine runs at unix:.* Press enter to run it again\./);
			await killed.heal(twin);
			await byQ.leave(terminal, false);
			t.deepEqual(await hasLeft(t, terminal, byQ), summary);
		});
		for (const blow of [frozen, hidden]) {
			engineTest(`a build by ${builder} on an engine that ${blow.name} can be cancelled`, async t => {
				const {folder, token} = writeBuild();
				const terminal = await openCommand({folder}, {env: twin.env, args: ['--builder', builder]});
				terminal.press(keys.enter);
				t.not((await waitForProcesses(token, 'some')).length, 0);
				await blow.strike(twin);
				terminal.press(keys.ctrlC);
				await waitForWords(terminal, /The command was cancelled before it ended\. .*run it again/);
				await blow.heal(twin);
				await byQ.leave(terminal, false);
				t.deepEqual(await hasLeft(t, terminal, byQ), summary);
				t.deepEqual(await waitForProcesses(token, 'none'), []);
			});
		}
	}
});
