import {setTimeout as pause} from 'node:timers/promises';
import {judgeChecks} from '../../source/checks/judge.js';
import type {Verdict} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {createLiveEngine} from '../../source/engine/live-engine.js';
import type {TestEngine} from '../engine/test-engine.js';
import type {BroughtAbout} from './bring-about.js';

const lab: CheckDeclaration = {
	check: 'port-chain',
	image: 'whoami',
	forbiddenPorts: [80],
	finding: 'not-reached',
	hint: 'Run whoami.',
};

/** Judges one state as if nothing else were on the engine, again and again until there is nothing to wait for:
 * neither for a server nor for an engine that is slow to answer. */
export const judgeState = async ({env}: TestEngine, {ids, lastRun}: BroughtAbout): Promise<Verdict> => {
	const engine = createLiveEngine({env, ledgerImageIds: () => [], stepContainerIds: () => []});
	for (;;) {
		const facts = await engine.facts({probePorts: true, portImages: ['whoami'], stepId: null});
		const own = facts.filter(fact => fact.fact !== 'container' || ids.includes(fact.id));
		const verdict = judgeChecks([lab], lastRun ? [...own, lastRun] : own);
		if (!['waiting', 'engine-gone'].includes(verdict.finding)) return verdict;
		// As the session does.
		await pause(250);
	}
};
