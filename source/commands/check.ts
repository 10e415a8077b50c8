import type {Verdict, VerdictWord} from '../checks/model.js';
import {watchChallenge} from '../session/perform/watch-challenge.js';
import type {World} from '../session/world.js';
import type {Step} from '../workshop/model.js';
import {createTerminalAsker} from './ask-terminal.js';
import {demandRemoteYes} from './demand-remote-yes.js';
import {onEndSignal} from './end-signals.js';
import {createLiveWorld} from './live-world.js';
import {findStep, type OpenWorkshop, openWorkshop} from './open-workshop.js';
import type {Command} from './options.js';
import {printJson, printLine, printMessage} from './print.js';
import {proveUntilPassed} from './prove-until-passed.js';
import {obtainTrust} from './trust/obtain-trust.js';

const exitCodes: Record<VerdictWord, number> = {passed: 0, failed: 1, unknown: 3};

/** `check`: judges a challenge now, giving a server that starts its time; `--watch` waits until it passes. */
export const check: Command = async ([challenge], options) => {
	const {workshop: name, dir, json, watch, yes, builder} = options;
	const open = openWorkshop(name, dir);
	const step = findStep(open.workshop, challenge, ({kind}) => kind === 'challenge', 'challenge');
	const demandConsent = await obtainTrust(open, options);
	const world = createLiveWorld(open);
	// Without an engine there is nothing to wait for: this says what is wrong.
	await demandRemoteYes(await world.engine.identity());
	const abort = new AbortController();
	onEndSignal(exitCode => abort.abort(exitCode));
	const sayOnce = createTeller();
	const context = {open, world, watch, sayOnce, signal: abort.signal};
	const verdict = await (step.judge.length > 0
		? proveUntilPassed(step, {
				...context,
				builder: builder ?? 'buildkit',
				demandConsent,
				ask: createTerminalAsker(yes),
			})
		: watchUntilPassed(step, context));
	if (!verdict) return Number(abort.signal.reason);
	abort.abort();
	if (json) printJson({challenge: step.id, ...verdict});
	else {
		printLine(`${verdict.verdict}: ${verdict.reason}`);
		if (verdict.next) printLine(`Next: ${verdict.next}`);
	}
	return exitCodes[verdict.verdict];
};

/** Judges by what is there; with `watch` until it passes. Null when it was ended. */
const watchUntilPassed = (
	step: Step,
	{
		open,
		world,
		watch,
		sayOnce,
		signal,
	}: {
		open: OpenWorkshop;
		world: World;
		watch: boolean;
		sayOnce(verdict: Verdict): void;
		signal: AbortSignal;
	},
): Promise<Verdict | null> =>
	new Promise(resolve => {
		signal.addEventListener('abort', () => resolve(null), {once: true});
		watchChallenge(step, {
			engine: world.engine,
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
const createTeller = () => {
	let last = '';
	return ({finding, reason}: Verdict): void => {
		const line = `${finding}: ${reason}`;
		if (line !== last) printMessage(line);
		last = line;
	};
};
