import {createLiveBackend} from '../app/live-backend.js';
import {findStep, type OpenWorkshop, openWorkshop} from '../app/open-workshop.js';
import {printJson, printLine, printMessage} from '../app/output.js';
import {onEndSignal} from '../app/process.js';
import {confirmRemoteEngine, createTerminalPrompt} from '../app/prompt.js';
import type {Verdict, VerdictWord} from '../checks/model.js';
import type {Backend, RunContext} from '../session/run-context.js';
import {proveChallenge} from '../session/run-step.js';
import {createTerminalHandover} from '../session/terminal-handover.js';
import {watchChallenge} from '../session/watch-challenge.js';
import type {Builder} from '../stages/model.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import {inheritedEnvironment} from '../system/processes.js';
import type {Step} from '../workshop/model.js';
import type {Command} from './table.js';
import {obtainTrust} from './trust.js';

const verdictExitCodes: Record<VerdictWord, number> = {passed: 0, failed: 1, unknown: 3};

/** `check`: judges a challenge now, giving a server that starts its time; `--watch` waits until it passes. */
export const check: Command = async ([challenge], options) => {
	const {workshop: name, dir, json, watch, yes, builder} = options;
	const open = openWorkshop(name, dir);
	const step = findStep(open.workshop, challenge, ({kind}) => kind === 'challenge', 'challenge');
	const demandConsent = await obtainTrust(open, options);
	const backend = createLiveBackend(open);
	// Without an engine there is nothing to wait for: this says what is wrong.
	await confirmRemoteEngine(await backend.engine.identity());
	const abort = new AbortController();
	onEndSignal(exitCode => abort.abort(exitCode));
	const sayOnce = createVerdictPrinter();
	const context = {open, backend, watch, sayOnce, signal: abort.signal};
	const verdict = await (step.judge.length > 0
		? proveUntilPassed(step, {
				...context,
				builder: builder ?? 'buildkit',
				demandConsent,
				ask: createTerminalPrompt(yes),
			})
		: watchUntilPassed(step, context));
	if (!verdict) return Number(abort.signal.reason);
	abort.abort();
	if (json) printJson({challenge: step.id, ...verdict});
	else {
		printLine(`${verdict.verdict}: ${verdict.reason}`);
		if (verdict.next) printLine(`Next: ${verdict.next}`);
	}
	return verdictExitCodes[verdict.verdict];
};

/** Judges by what is there; with `watch` until it passes. Null when it was ended. */
const watchUntilPassed = (
	step: Step,
	{
		open,
		backend,
		watch,
		sayOnce,
		signal,
	}: {
		open: OpenWorkshop;
		backend: Backend;
		watch: boolean;
		sayOnce(verdict: Verdict): void;
		signal: AbortSignal;
	},
): Promise<Verdict | null> =>
	new Promise(resolve => {
		signal.addEventListener('abort', () => resolve(null), {once: true});
		watchChallenge(step, {
			engine: backend.engine,
			lab: open.lab,
			lastRun: () => null,
			lastProof: () => null,
			// What builds judge is judged by them here.
			replay: null,
			signal,
			onVerdict(judged) {
				if (judged.finding === 'waiting') return;
				if (!watch || judged.verdict === 'passed') return resolve(judged);
				sayOnce(judged);
			},
		});
	});

/** Says a verdict on stderr, unless it is the one that was said last. */
const createVerdictPrinter = () => {
	let last = '';
	return ({finding, reason}: Verdict): void => {
		const line = `${finding}: ${reason}`;
		if (line !== last) printMessage(line);
		last = line;
	};
};

/**
 * Runs the proofs of a challenge and judges it; with `watch` again after each change in the lab folder, until it
 * passes. Says on stderr what it runs. Null when it was ended.
 */
export const proveUntilPassed = async (
	step: Step,
	{
		open,
		backend,
		watch,
		builder,
		demandConsent,
		ask,
		sayOnce,
		signal,
	}: {
		open: OpenWorkshop;
		backend: Backend;
		watch: boolean;
		builder: Builder;
		demandConsent: RunContext['demandConsent'];
		ask: RunContext['ask'];
		/** Gets each verdict that is waited on. */
		sayOnce(verdict: Verdict): void;
		signal: AbortSignal;
	},
): Promise<Verdict | null> => {
	const {workshop, lab} = open;
	lab.ensure();
	const told = new Set<string>();
	const runContext: RunContext = {
		...backend,
		workshop,
		lab,
		environment: inheritedEnvironment(),
		handover: createTerminalHandover(),
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
		const {verdict} = await proveChallenge(step, {builder}, runContext);
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
