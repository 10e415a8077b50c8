import {once} from 'node:events';
import {createLiveEngine} from '../../source/engine/live-engine.js';
import type {Engine} from '../../source/session/ports.js';
import type {TestEngine} from './test-engine.js';

/** Facts without logs and answers. */
export const scope = {probePorts: false, stepId: null};

/** The engine that an environment leads to, with what a ledger would say. */
export const engineOf = (
	env: Record<string, string>,
	ids: {ledger?: string[]; steps?: string[]} = {},
): Engine =>
	createLiveEngine({env, ledgerImageIds: () => ids.ledger ?? [], stepContainerIds: () => ids.steps ?? []});

/** Waits for the next call of `changes`, at most a minute. */
export const watch = (engine: Engine): {next(): Promise<void>; stop(): void} => {
	const controller = new AbortController();
	const calls = new EventTarget();
	engine.changes(() => calls.dispatchEvent(new Event('change')), controller.signal);
	return {
		async next() {
			await once(calls, 'change', {signal: AbortSignal.timeout(60_000)});
		},
		stop: () => controller.abort(),
	};
};

/** Runs a container that does nothing for a minute; resolves with its ID. */
export const runSleeper = ({docker}: TestEngine, ...flags: string[]): Promise<string> =>
	docker('run', '-d', ...flags, '--entrypoint', 'sleep', 'alpine:3.13', '60');
