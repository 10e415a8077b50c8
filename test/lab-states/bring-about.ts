import {createServer, type Server} from 'node:net';
import {execa} from 'execa';
import type {RunFact} from '../../source/checks/model.js';
import type {TestEngine} from '../engine/test-engine.js';
import {fillIn, type LabState, type Placeholders} from './lab-state.js';

/** A state that has been brought about. */
export type BroughtAbout = {
	/** What stands for the placeholders. */
	values: Placeholders;
	/** The containers that it is made of. */
	ids: string[];
	/** How the last command ended, as if our program had run it; null when there was none or it still runs. */
	lastRun: RunFact | null;
	/** Removes what was made, but for names of images. */
	clear(): Promise<void>;
};

let count = 0;

/** Runs a state's commands one after the other. Several states can stand side by side. */
export const bringAbout = async (engine: TestEngine, state: LabState): Promise<BroughtAbout> => {
	count += 1;
	const own = count;
	const values: Placeholders = {
		HOST: String(await engine.freePort()),
		OTHER: String(await engine.freePort()),
		NAME: `first-${own}`,
		SECOND: `second-${own}`,
		NET: `net-${own}`,
	};
	const other = state.isHostTaken ? await listen(Number(values.HOST)) : null;
	const ids: string[] = [];
	let lastRun: RunFact | null = null;
	for (const [index, command] of state.commands.entries()) {
		const args = fillIn(command, values).split(' ');
		const isLast = index === state.commands.length - 1;
		if (isLast && state.isAttached) {
			void execa('docker', args, {env: engine.env, stdin: 'ignore', reject: false, cleanup: true});
			lastRun = null;
			ids.push(await idOf(engine, values.NAME));
		} else {
			lastRun = await run(engine, args);
			// `-d` and `create` print it, also when the container can't start.
			ids.push(...lastRun.stdout.split('\n').filter(line => /^[0-9a-f]{64}$/.test(line)));
		}
	}
	const clear = async (): Promise<void> => {
		other?.close();
		await engine.docker('rm', '-f', '-v', ...ids, values.NAME, values.SECOND).catch(() => {});
		await engine.docker('network', 'rm', values.NET).catch(() => {});
	};
	return {values, ids, lastRun, clear};
};

const run = async ({env}: TestEngine, args: string[]): Promise<RunFact> => {
	const {exitCode, stdout, stderr} = await execa('docker', args, {env, stdin: 'ignore', reject: false});
	return {
		fact: 'run',
		stepId: 'lab-port',
		exitCode: exitCode ?? null,
		stdout,
		stderr,
		builder: null,
		stages: [],
		endedAt: Date.now(),
	};
};

/** Asks for the ID of a container that is about to be there. */
const idOf = async ({docker}: TestEngine, name: string): Promise<string> => {
	for (;;) {
		const id = await docker('container', 'inspect', '-f', '{{.Id}}', name).catch(() => '');
		if (id !== '') return id;
	}
};

const listen = (port: number): Promise<Server> =>
	new Promise((resolve, reject) => {
		const server = createServer().once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve(server));
	});
