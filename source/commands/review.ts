import {randomInt} from 'node:crypto';
import process from 'node:process';
import type {Root} from 'mdast';
import {readWorkshop} from '../app/open-workshop.js';
import {printLine, printMessage} from '../app/output.js';
import {onEndSignal} from '../app/process.js';
import {messages} from '../messages/index.js';
import {prefersPlain} from '../plain/prefers-plain.js';
import type {ItemSource} from '../review/item.js';
import {createRound} from '../review/round.js';
import {countDaysUntilDue, type Deck, gradeCard, selectDue} from '../review/schedule.js';
import {simulateTrial} from '../review/simulate-trial.js';
import {createItem, generatedItems} from '../review/sources.js';
import {type AnsweredWorkshop, createQuestionSource} from '../review/workshop-questions.js';
import {createReviewStore} from '../storage/review-store.js';
import {stateFolder} from '../storage/state-folder.js';
import {findWorkshop, readWorkshopFile} from '../storage/workshop-files.js';
import {inheritedEnvironment} from '../system/processes.js';
import {UserError} from '../text/user-error.js';
import {translateText} from '../workshop/dialect.js';
import {selectBody} from '../workshop/markdown.js';
import type {Dialect} from '../workshop/model.js';
import {insertShownFiles} from '../workshop/shown-files.js';
import type {Command} from './flags.js';

/** Where items come from, each in turn; kinds without a card are asked in this order. */
const findSources = (deck: Deck, shell: Dialect): readonly ItemSource[] => [
	createQuestionSource(Object.keys(deck.cards), place => openForReview(place, shell)),
	generatedItems,
];

/** `review`: asks the items that are due, at most five, and keeps when each kind of item is due next. */
export const review: Command = async (_parameters, {plain, replay, shell}) => {
	const store = createReviewStore(stateFolder());
	const {deck, problem: damage} = store.load();
	if (damage !== null) printMessage(damage);
	const sources = findSources(deck, shell);
	const kinds = sources.map(source => source.kinds);
	const daysUntilDue = () => countDaysUntilDue(store.load().deck, kinds.flat(), Date.now());
	const due = selectDue(deck, kinds, Date.now());
	if (due.length === 0) {
		printLine(messages.review.nothingDue(daysUntilDue()));
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
	const engine = replay ? null : await openEngineTryOut(inheritedEnvironment(), stateFolder());
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
	for (const line of roundSummary(round.getState(), daysUntilDue())) printLine(line);
	if (problem !== null) printMessage(problem);
	await engine?.close();
	return exitCode;
};

/** Null if the workshop is gone, or has mistakes now. */
const openForReview = (place: string, shell: Dialect): AnsweredWorkshop | null => {
	try {
		const {folder} = findWorkshop(place);
		const readText = (text: Root): Root => {
			const whole = insertShownFiles(text, file => readWorkshopFile(folder, file));
			return translateText(selectBody(whole, {store: null, cli: null, shell}), shell);
		};
		return {workshop: readWorkshop(folder), readText};
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return null;
	}
};
