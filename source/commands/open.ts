import process from 'node:process';
import {createSession, type OpenSession} from '../session/create-session.js';
import {initialState} from '../session/initial-state.js';
import type {World} from '../session/world.js';
import {UserError} from '../text/user-error.js';
import {createLiveWorld, inheritedEnvironment} from './live-world.js';
import {openWorkshop} from './open-workshop.js';
import type {Command} from './options.js';
import {createReplayWorld, demandReplayWorld} from './replay-world.js';

const signals = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

/** Opens a workshop on the screen. */
export const open: Command = async ([name], options) => {
	const opened = openWorkshop(name ?? options.workshop, options.dir);
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new UserError('The workshop opens on a terminal, and here is none.', {
			next: 'open it in a terminal, or rehearse it without one: `multistage-workshop run`',
		});
	}
	const recording = createReplayWorld(opened, 1);
	const live = options.replay ? null : createLiveWorld(opened);
	const world: World = live ?? demandReplayWorld(opened, 1);
	const session = createSession({
		state: initialState(opened.workshop, {
			dialect: options.shell,
			labFolder: opened.lab.path,
			builder: options.builder ?? 'buildkit',
		}),
		world,
		recording: live ? recording : null,
		lab: opened.lab,
		environment: inheritedEnvironment(),
		solutionOf: stepId => opened.solutionOf(stepId).commands,
	});
	if (live) process.once('exit', live.killAll);
	const exitCode = endOnSignals(session);
	const {openScreen} = await import('../ui/open-screen.js');
	await openScreen(session);
	return exitCode();
};

/** A signal ends the session as `q` does, with the exit code that tells which one it was. */
const endOnSignals = (session: OpenSession): (() => number) => {
	let exitCode = 0;
	for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			exitCode = signals[signal];
			void session.shutDown();
		});
	}
	return () => exitCode;
};
