import type {Builder} from '../build/model.js';
import type {Verdict} from '../checks/model.js';
import type {Conduct} from '../session/conduct.js';
import {createLender} from '../session/create-lender.js';
import {proveChallenge} from '../session/perform/prove-challenge.js';
import type {World} from '../session/world.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import {inheritedEnvironment} from '../system/inherited-environment.js';
import type {Step} from '../workshop/model.js';
import type {OpenWorkshop} from './open-workshop.js';
import {printMessage} from './print.js';

/**
 * Runs the proofs of a challenge and judges it; with `watch` again after each change in the lab folder, until it
 * passes. Says on stderr what it runs. Null when it was ended.
 */
export const proveUntilPassed = async (
	step: Step,
	{
		open,
		world,
		watch,
		builder,
		demandConsent,
		ask,
		sayOnce,
		signal,
	}: {
		open: OpenWorkshop;
		world: World;
		watch: boolean;
		builder: Builder;
		demandConsent: Conduct['demandConsent'];
		ask: Conduct['ask'];
		/** Gets each verdict that is waited on. */
		sayOnce(verdict: Verdict): void;
		signal: AbortSignal;
	},
): Promise<Verdict | null> => {
	const {workshop, lab} = open;
	lab.ensure();
	const told = new Set<string>();
	const conduct: Conduct = {
		...world,
		workshop,
		lab,
		environment: inheritedEnvironment(),
		lender: createLender(),
		demandConsent,
		ask,
		onView({runId, commandLine}) {
			if (commandLine !== '' && !told.has(runId)) printMessage(`$ ${commandLine}`);
			told.add(runId);
		},
		signal,
	};
	for (;;) {
		const before = lab.fingerprint();
		const {verdict} = await proveChallenge(step, {builder}, conduct);
		if (signal.aborted) return null;
		if (!watch || verdict.verdict === 'passed') return verdict;
		sayOnce(verdict);
		await untilChanged(lab, before, signal);
		if (signal.aborted) return null;
	}
};

/** Resolves when the lab folder is no longer as it was, or the signal is aborted. */
const untilChanged = async (lab: LabFolderOnDisk, before: string, signal: AbortSignal): Promise<void> => {
	const over = new AbortController();
	await new Promise<void>(resolve => {
		const look = () => {
			if (lab.fingerprint() !== before) resolve();
		};
		signal.addEventListener('abort', () => resolve(), {once: true, signal: over.signal});
		lab.watch(look, over.signal);
		look();
	});
	over.abort();
};
