import {createLiveBackend} from '../app/live-backend.js';
import {findStep, type OpenWorkshop, openWorkshop, workshopProgressName} from '../app/open-workshop.js';
import {printJson, printLine, printMessage} from '../app/output.js';
import {onEndSignal} from '../app/process.js';
import {confirmRemoteEngine, createTerminalPrompt} from '../app/prompt.js';
import {createRunContext} from '../app/run-context.js';
import type {Verdict, VerdictWord} from '../checks/model.js';
import {messages} from '../messages/index.js';
import type {LabFolder} from '../session/ports.js';
import type {RunContext} from '../session/run-context.js';
import {proveChallenge} from '../session/run-step.js';
import {watchChallenge} from '../session/watch-challenge.js';
import type {Builder} from '../stages/model.js';
import {readBegun} from '../storage/progress-store.js';
import {stateFolder} from '../storage/state-folder.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import {isChallenge} from '../workshop/steps.js';
import type {Command} from './flags.js';
import {obtainTrust} from './trust.js';

const verdictExitCodes: Record<VerdictWord, number> = {passed: 0, failed: 1, unknown: 3};

/** `check`: judges a challenge once servers have had time to start. `--watch` waits until it passes. */
export const check: Command = async ([challenge], options) => {
	const {workshop: name, dir, json, watch, yes, builder} = options;
	const open = openWorkshop(name, dir);
	const step = findStep(open.workshop, challenge, isChallenge, 'challenge');
	requireBegun(step, open);
	const demandConsent = await obtainTrust(open, options);
	const backend = createLiveBackend(open);
	// Fails here with the reason if there is no engine.
	await confirmRemoteEngine(await backend.engine.identity());
	const abort = new AbortController();
	onEndSignal(exitCode => abort.abort(exitCode));
	let last = '';
	/** Whether to stop waiting. Otherwise prints the verdict on stderr if it has changed. */
	const isFinal = ({verdict, finding, reason}: Verdict): boolean => {
		if (!watch || verdict === 'passed') return true;
		const line = `${finding}: ${reason}`;
		if (line !== last) printMessage(line);
		last = line;
		return false;
	};
	const announced = new Set<string>();
	const runContext = createRunContext(open, backend, {
		demandConsent,
		captured: backend.progress.load().progress?.captured ?? {},
		ask: createTerminalPrompt(yes),
		onView({runId, commandLine}) {
			if (commandLine !== '' && !announced.has(runId)) printMessage(`$ ${commandLine}`);
			announced.add(runId);
		},
		signal: abort.signal,
	});
	const verdict = await (step.judge.length > 0
		? proveUntilFinal(step, builder ?? 'buildkit', runContext, isFinal)
		: watchUntilFinal(step, runContext, isFinal));
	if (!verdict) return Number(abort.signal.reason);
	abort.abort();
	if (json) printJson({challenge: step.id, ...verdict});
	else {
		printLine(`${verdict.verdict}: ${verdict.reason}`);
		if (verdict.next) printLine(messages.commands.next(verdict.next));
	}
	return verdictExitCodes[verdict.verdict];
};

/** Throws a `UserError` for a challenge without what it begins with: a file that nobody has broken yet would pass. */
const requireBegun = (step: Step, open: OpenWorkshop): void => {
	const {id, kind, setup} = step;
	const needsBeginning = kind === 'repair' || setup.length > 0;
	if (!needsBeginning || readBegun(stateFolder(), workshopProgressName(open, 'live'))[id]) return;
	const {notBegun, beginIt} = messages.commands.check;
	throw new UserError(notBegun(step.title), {next: beginIt, exitCode: 2});
};

/** Judges the current state, again after each change. Resolves with null if the signal is aborted. */
const watchUntilFinal = (
	step: Step,
	{engine, lab, signal}: RunContext,
	isFinal: (verdict: Verdict) => boolean,
): Promise<Verdict | null> =>
	new Promise(resolve => {
		signal.addEventListener('abort', () => resolve(null), {once: true});
		watchChallenge(step, {
			engine,
			lab,
			lastRun: () => null,
			lastProof: () => null,
			// `proveUntilFinal` runs proofs.
			replay: null,
			signal,
			onVerdict: judged => judged.finding !== 'waiting' && isFinal(judged) && resolve(judged),
		});
	});

/**
 * Judges a challenge by its proofs, again after each change in the lab folder. Resolves with null if the signal is
 * aborted.
 */
const proveUntilFinal = async (
	step: Step,
	builder: Builder,
	runContext: RunContext,
	isFinal: (verdict: Verdict) => boolean,
): Promise<Verdict | null> => {
	const {lab, signal} = runContext;
	lab.ensure();
	while (!signal.aborted) {
		const before = lab.fingerprint();
		const {verdict} = await proveChallenge(step, {builder}, runContext);
		if (signal.aborted) break;
		if (isFinal(verdict)) return verdict;
		await untilChanged(lab, before, signal);
	}
	return null;
};

/** Resolves when the lab files have changed or the signal is aborted. */
const untilChanged = async (lab: LabFolder, before: string, signal: AbortSignal): Promise<void> => {
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
