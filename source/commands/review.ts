import {randomInt} from 'node:crypto';
import process from 'node:process';
import {printLine, printMessage} from '../app/output.js';
import {onEndSignal} from '../app/process.js';
import {messages} from '../messages/index.js';
import {prefersPlain} from '../plain/prefers-plain.js';
import type {ItemSource} from '../review/item.js';
import {createRound} from '../review/round.js';
import {countDaysUntilDue, gradeCard, selectDue} from '../review/schedule.js';
import {simulateTrial} from '../review/simulate-trial.js';
import {createItem, generatedItems} from '../review/sources.js';
import {createReviewStore} from '../storage/review-store.js';
import {stateFolder} from '../storage/state-folder.js';
import {inheritedEnvironment} from '../system/processes.js';
import type {Command} from './flags.js';

/** Where items come from; kinds without a card are asked in this order. */
const sources: readonly ItemSource[] = [generatedItems];

/** `review`: asks the items that are due, at most five, and keeps when each kind of item is due next. */
export const review: Command = async (_parameters, {plain, replay}) => {
	const store = createReviewStore(stateFolder());
	const kinds = sources.flatMap(source => source.kinds);
	const due = selectDue(store.load(), kinds, Date.now());
	if (due.length === 0) {
		printLine(messages.review.nothingDue(countDaysUntilDue(store.load(), kinds, Date.now())));
		return 0;
	}
	let exitCode = 0;
	const abort = new AbortController();
	const isPlain = plain || prefersPlain(process.env, process);
	onEndSignal(
		code => {
			exitCode ||= code;
			abort.abort();
		},
		{readsLines: isPlain},
	);
	const {openEngineTryOut} = await import('../app/try-out.js');
	const engine = replay ? null : await openEngineTryOut(inheritedEnvironment());
	printMessage(engine ? messages.review.onEngine(engine.version) : messages.review.byReading);
	let problem: string | null = null;
	const round = createRound(
		due.flatMap(kind => createItem(sources, kind, randomInt(2 ** 32)) ?? []),
		{
			tryOut: engine?.tryOut ?? (async trial => simulateTrial(trial)),
			onJudged(kind, isRight) {
				problem = store.update(deck => gradeCard(deck, kind, isRight, Date.now())) ?? problem;
			},
		},
	);
	const show = isPlain
		? (await import('../plain/open-plain-review.js')).openPlainReview
		: (await import('../tui/open-review.js')).openReview;
	await show(round, {signal: abort.signal});
	const {roundSummary} = await import('../view/review-lines.js');
	for (const line of roundSummary(round.getState(), countDaysUntilDue(store.load(), kinds, Date.now())))
		printLine(line);
	if (problem !== null) printMessage(problem);
	return exitCode;
};
