import {createLiveBackend} from '../app/live-backend.js';
import {findStep, type OpenWorkshop, openWorkshop} from '../app/open-workshop.js';
import {printJson, printLine, printMessage} from '../app/output.js';
import {onEndSignal} from '../app/process.js';
import {confirmRemoteEngine, createTerminalPrompt} from '../app/prompt.js';
import {createRunContext} from '../app/run-context.js';
import type {Verdict, VerdictWord} from '../checks/model.js';
import {messages} from '../messages/index.js';
import type {Backend, RunContext} from '../session/run-context.js';
import {proveChallenge} from '../session/run-step.js';
import {watchChallenge} from '../session/watch-challenge.js';
import type {Builder} from '../stages/model.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import type {Step} from '../workshop/model.js';
import type {Command} from './flags.js';
import {obtainTrust} from './trust.js';

const verdictExitCodes: Record<VerdictWord, number> = {passed: 0, failed: 1, unknown: 3};

/** `check`: judges a challenge now, giving a server that starts its time; `--watch` waits until it passes. */
export const check: Command = async ([challenge], options) => {
	const {workshop: name, dir, json, watch, yes, builder} = options;
	const open = openWorkshop(name, dir);
	const step = findStep(open.workshop, challenge, ({kind}) => kind === 'challenge', 'challenge');
	const demandConsent = await obtainTrust(open, options);
	const backend = createLiveBackend(open);
	// Fails here, with the reason, if there is no engine to wait for.
	await confirmRemoteEngine(await backend.engine.identity());
	const abort = new AbortController();
	onEndSignal(exitCode => abort.abort(exitCode));
	const sayOnce = createVerdictPrinter();
	const judging: Judging = {open, backend, watch, sayOnce, signal: abort.signal};
	const announced = new Set<string>();
	const runContext = createRunContext(open, backend, {
		demandConsent,
		ask: createTerminalPrompt(yes),
		onView({runId, commandLine}) {
			if (commandLine !== '' && !announced.has(runId)) printMessage(`$ ${commandLine}`);
			announced.add(runId);
		},
		signal: abort.signal,
	});
	const verdict = await (step.judge.length > 0
		? proveUntilPassed(step, builder ?? 'buildkit', runContext, judging)
		: watchUntilPassed(step, judging));
	if (!verdict) return Number(abort.signal.reason);
	abort.abort();
	if (json) printJson({challenge: step.id, ...verdict});
	else {
		printLine(`${verdict.verdict}: ${verdict.reason}`);
		if (verdict.next) printLine(messages.commands.next(verdict.next));
	}
	return verdictExitCodes[verdict.verdict];
};

/** `sayOnce`: shows a verdict that `watch` waits on. */
type Judging = {
	open: OpenWorkshop;
	backend: Backend;
	watch: boolean;
	sayOnce(verdict: Verdict): void;
	signal: AbortSignal;
};

/** Judges by what is there; with `watch` until it passes. Resolves with null when the signal is aborted. */
const watchUntilPassed = (
	step: Step,
	{open, backend, watch, sayOnce, signal}: Judging,
): Promise<Verdict | null> =>
	new Promise(resolve => {
		signal.addEventListener('abort', () => resolve(null), {once: true});
		watchChallenge(step, {
			engine: backend.engine,
			lab: open.lab,
			lastRun: () => null,
			lastProof: () => null,
			// `proveUntilPassed` judges what builds prove.
			replay: null,
			signal,
			onVerdict(judged) {
				if (judged.finding === 'waiting') return;
				if (!watch || judged.verdict === 'passed') return resolve(judged);
				sayOnce(judged);
			},
		});
	});

/** Prints a verdict on stderr, unless it is the same as the last one. */
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
 * passes. Resolves with null when the signal is aborted.
 */
const proveUntilPassed = async (
	step: Step,
	builder: Builder,
	runContext: RunContext,
	{open: {lab}, watch, sayOnce, signal}: Judging,
): Promise<Verdict | null> => {
	lab.ensure();
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
