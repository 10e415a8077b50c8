import type {Verdict, VerdictWord} from '../checks/model.js';
import {watchChallenge} from '../session/perform/watch-challenge.js';
import {demandRemoteYes} from './demand-remote-yes.js';
import {onEndSignal} from './end-signals.js';
import {createLiveWorld} from './live-world.js';
import {findStep, openWorkshop} from './open-workshop.js';
import type {Command} from './options.js';
import {printJson, printLine, printMessage} from './print.js';
import {obtainTrust} from './trust/obtain-trust.js';

const exitCodes: Record<VerdictWord, number> = {passed: 0, failed: 1, unknown: 3};

/** `check`: judges a challenge now, giving a server that starts its time; `--watch` waits until it passes. */
export const check: Command = async ([challenge], options) => {
	const {workshop: name, dir, json, watch} = options;
	const open = openWorkshop(name, dir);
	const step = findStep(open.workshop, challenge, ({kind}) => kind === 'challenge', 'challenge');
	await obtainTrust(open, options);
	const {engine} = createLiveWorld(open);
	// Without an engine there is nothing to wait for: this says what is wrong.
	await demandRemoteYes(await engine.identity());
	const abort = new AbortController();
	onEndSignal(exitCode => abort.abort(exitCode));
	let last = '';
	const verdict = await new Promise<Verdict | null>(resolve => {
		abort.signal.addEventListener('abort', () => resolve(null), {once: true});
		watchChallenge(step, {
			engine,
			lab: open.lab,
			lastRun: () => null,
			signal: abort.signal,
			onVerdict(judged) {
				if (judged.finding === 'waiting') return;
				if (!watch || judged.verdict === 'passed') return resolve(judged);
				const line = `${judged.finding}: ${judged.reason}`;
				if (line !== last) printMessage(line);
				last = line;
			},
		});
	});
	if (!verdict) return Number(abort.signal.reason);
	abort.abort();
	if (json) printJson({challenge: step.id, ...verdict});
	else {
		printLine(`${verdict.verdict}: ${verdict.reason}`);
		if (verdict.next) printLine(`Next: ${verdict.next}`);
	}
	return exitCodes[verdict.verdict];
};
