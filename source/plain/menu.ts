import {messages} from '../messages/index.js';
import {selectAsking, selectDraft} from '../session/asking.js';
import {openBlank, shownBlank} from '../session/command-line.js';
import {type Intent, isPossible, selectPrimaryIntent} from '../session/intents.js';
import {maxOptions} from '../session/predictions.js';
import {
	listedTitle,
	selectHasPassed,
	selectPlan,
	selectRun,
	selectStep,
	selectSteps,
} from '../session/select.js';
import {selectTimelines} from '../session/select-builds.js';
import {selectCommandLine} from '../session/select-wording.js';
import type {SessionState} from '../session/state.js';
import {keymap, type PlainPageName, plainChoices} from '../view/keymap.js';
import {type Line, sentenceLines, span, wrapLine} from '../view/line.js';
import {compareBeside, enterLabel} from '../view/wording.js';
import {answerText, machineText} from './page-text.js';
import type {PlainPage} from './plain-output.js';
import {instructionSentences, timelineSentences} from './run-text.js';

/** A question to the learner, and what an answer does. */
export type Menu = {lines: Line[]; answer(typed: string): MenuResult};

/** The result of an answer: intents for the session, lines to print, and the next menu (null: the main menu). */
type MenuResult = {intents: Intent[]; lines: Line[]; menu: Menu | null};

const noResult: MenuResult = {intents: [], lines: [], menu: null};

/** The menu of everything that can be done now. */
export const mainMenu = (state: SessionState, page: PlainPage): Menu => {
	const choices = choicesFor(state);
	return {
		lines: [[], ...choiceLines('', choices, page)],
		answer(typed) {
			const line = /^\s*:(.+)/.exec(typed)?.[1]?.trim();
			if (line && isPossible(state, 'run-line')) return {...noResult, intents: [{intent: 'run-line', line}]};
			const found = findChoice(choices, typed);
			if ('problem' in found) return {...noResult, lines: sentenceLines([found.problem], page.columns)};
			const {choice} = found;
			return 'intent' in choice
				? {...noResult, intents: [choice.intent]}
				: choicePages[choice.page](state, page);
		},
	};
};

const choiceLines = (before: string, choices: Array<{label: string}>, {columns}: PlainPage): Line[] => {
	// A number and its words stay on one line.
	const words = choices.map(({label}, index) => `${index + 1} ${label}`.replaceAll(' ', noBreakSpace));
	return wrapLine([span(`${before}${words.join(', ')}`)], columns).map(line =>
		line.map(({text, style}) => span(text.replaceAll(noBreakSpace, ' '), style)),
	);
};

/** A non-breaking space. */
const noBreakSpace = '\u00A0';

/** Asks for one of several choices; an empty answer takes none. */
const askFor = <Option extends {key: string; label: string}>(
	lines: Line[],
	choices: Option[],
	{page, onChoice}: {page: PlainPage; onChoice: (choice: Option) => MenuResult},
): MenuResult => {
	const menu: Menu = {
		lines,
		answer(typed) {
			if (typed.trim() === '') return noResult;
			const found = findChoice(choices, typed);
			if ('choice' in found) return onChoice(found.choice);
			return {...noResult, lines: sentenceLines([found.problem], page.columns), menu};
		},
	};
	return {...noResult, menu};
};

const choicePages: Record<PlainPageName, (state: SessionState, page: PlainPage) => MenuResult> = {
	chapters(state, page) {
		const say = messages.plain.menu;
		const steps = selectSteps(state).map(step => ({key: step.id, label: step.title, step}));
		const lines = state.workshop.chapters.flatMap(({id, title}, index): Line[] => [
			[span(say.chapter(index + 1, title))],
			...steps.flatMap(({step}, place): Line[] => {
				if (step.chapterId !== id) return [];
				const words = (selectHasPassed(state, step.id) ? say.passedStep : say.step)(
					place + 1,
					listedTitle(step),
				);
				return [[span(`  ${words}${step.id === state.stepId ? ` ${messages.view.youAreHere}` : ''}`)]];
			}),
		]);
		const ask = sentenceLines([say.whichStep], page.columns);
		return askFor([[], ...lines, ...ask], steps, {
			page,
			onChoice: ({step}) => ({...noResult, intents: [{intent: 'go-to-step', stepId: step.id}]}),
		});
	},
	dockerfile(state) {
		const rows = (selectPlan(state)?.text ?? '').replace(/\n$/, '').split('\n');
		const width = String(rows.length).length;
		return {
			...noResult,
			lines: [[], ...rows.map((row, index): Line => [span(`${String(index + 1).padStart(width)} ${row}`)])],
		};
	},
	timeline(state, {columns}) {
		const known = selectTimelines(state);
		if (!known) return noResult;
		const {own, compared, instructions, beside} = known;
		const stages = compared ? [compared.legacy, compared.buildkit] : [own];
		const byInstruction = beside?.before
			? [
					...instructionSentences(beside.earlier.title, beside.before),
					...instructionSentences(beside.step.title, beside.after),
				]
			: instructionSentences(messages.view.timeline.byInstruction, instructions);
		const gain = beside ? [compareBeside(beside)] : [];
		const sentences = [...stages.flatMap(timelineSentences), ...byInstruction, ...gain];
		return {...noResult, lines: [[], ...sentenceLines(sentences, columns)]};
	},
	machine: (state, page) => ({...noResult, lines: [[], ...machineText(state, page)]}),
	ask: (state, page) => ({...noResult, menu: askMenu(state, page)}),
	blanks: (state, page) => ({...noResult, menu: blankMenu(state, page, [])}),
	lines(state, page) {
		const build = selectRun(state)?.build;
		const copy = (stage: string | null): MenuResult => ({
			...noResult,
			intents: [{intent: 'copy-log', stage}],
		});
		if (!build) return copy(null);
		const stages = build.stages.map(({name}) => ({key: name, label: name}));
		return askFor(choiceLines(`${messages.plain.menu.linesOfWhichStage} `, stages, page), stages, {
			page,
			onChoice: ({label}) => copy(label),
		});
	},
};

/** Asks for an answer: all numbers at once, or what is typed; an empty one changes nothing. */
const askMenu = (state: SessionState, page: PlainPage): Menu => {
	const say = messages.plain.menu;
	const asking = selectAsking(state);
	const {given = [], isSingle = true} = asking ?? {};
	const options = (asking?.options ?? []).slice(0, maxOptions);
	const isQuestion = selectStep(state).kind === 'question';
	if (options.length === 0) {
		const question = isQuestion ? [] : [predictionQuestion(state)];
		return {
			lines: sentenceLines([[...question, say.typeAnswer].join(' ')], page.columns),
			answer: typed =>
				typed.trim() === '' ? noResult : {...noResult, intents: [{intent: 'give-answer', text: typed}]},
		};
	}
	const named = options.map(name => ({label: given.includes(name) ? say.expected(name) : name}));
	const menu: Menu = {
		lines: [
			// The page of a question has them.
			...(isQuestion ? [] : choiceLines(`${predictionQuestion(state)} `, named, page)),
			...sentenceLines([isSingle ? say.howToPick : say.howToPredict], page.columns),
		],
		answer(typed) {
			const words = typed.split(/[\s,]+/).filter(word => word !== '');
			if (words.length === 0) return noResult;
			const wrong = words.find(word => !options[Number(word) - 1]);
			if (wrong !== undefined) return {...noResult, lines: [[span(say.notAnOption(wrong))]], menu};
			if (isSingle && words.length > 1)
				return {...noResult, lines: sentenceLines([say.onlyOne], page.columns), menu};
			const wanted = new Set(words.map(word => Number(word)));
			const ticked = isQuestion && isSingle ? selectDraft(state) : given;
			const isChanged = (name: string, place: number) => wanted.has(place) !== ticked.includes(name);
			// The tick of the only right one moves by itself.
			const changed = options.flatMap((name, index) =>
				isChanged(name, index + 1) && (!isSingle || wanted.has(index + 1)) ? [index + 1] : [],
			);
			const ticks = changed.map(place => ({intent: 'tick' as const, place}));
			if (isQuestion && ticks.length === 0) return {...noResult, lines: answerText(state, page)};
			if (isQuestion) return {...noResult, intents: [...ticks, {intent: 'give-answer', text: null}]};
			const names = options.filter((_, index) => wanted.has(index + 1));
			return {...noResult, intents: ticks, lines: sentenceLines([say.youExpect(names)], page.columns)};
		},
	};
	return menu;
};

const predictionQuestion = (state: SessionState): string =>
	messages.plain.menu.questions[selectStep(state).predict?.about ?? 'stages'];
/** Asks for what fills each blank of the shown command, then runs it; an empty answer leaves it open. */
const blankMenu = (state: SessionState, page: PlainPage, typed: string[]): Menu => {
	const count = selectStep(state).fills.length;
	const fill = (texts: string[]): string =>
		texts.reduce(
			(line, text) => line.replace(openBlank, () => text),
			selectCommandLine(state, openBlank) ?? '',
		);
	const shown = fill(typed).replaceAll(openBlank, shownBlank);
	return {
		lines: sentenceLines([messages.plain.menu.whichText(typed.length + 1, count, shown)], page.columns),
		answer(text) {
			if (text.trim() === '') return noResult;
			if (text.trim().startsWith(':')) return mainMenu(state, page).answer(text);
			const texts = [...typed, text.trim()];
			return texts.length < count
				? {...noResult, menu: blankMenu(state, page, texts)}
				: {...noResult, intents: [{intent: 'run-line', line: fill(texts)}]};
		},
	};
};

/** What the learner can choose: an intent for the session, or a page to read or a question to answer first. */
export type Choice = {
	/** The key that does the same on the screen. Texts mention it, so it can be typed too. */
	key: string;
	label: string;
} & ({intent: Intent} | {page: PlainPageName});

/** The choices that the learner has now. Enter takes the first one. */
export const choicesFor = (state: SessionState): Choice[] => {
	if (state.question) {
		return state.question.choices.map(({key, label, answer}) => ({
			key,
			label,
			intent: {intent: 'answer', answer},
		}));
	}
	const choices = keymapChoices(state);
	const primary = selectPrimaryIntent(state);
	if (!primary) return choices;
	const words = {key: '', label: enterLabel(state)};
	const first: Choice =
		primary.intent === 'edit-command' ? {...words, page: 'blanks'} : {...words, intent: {intent: 'go-on'}};
	return [first, ...choices];
};

/** What the key table offers in plain lines. */
const keymapChoices = (state: SessionState): Choice[] =>
	plainChoices.flatMap(({name, label = () => messages.keys.choices[name], key, when, page}): Choice[] => {
		const binding = keymap.find(({help}) => help === name);
		if (!binding || !(when?.(state) ?? true)) return [];
		const {
			keys: [firstKey = ''],
		} = binding;
		const words = {key: key ?? firstKey, label: label(state)};
		if (page) return [{...words, page}];
		return 'intent' in binding && isPossible(state, binding.intent.intent)
			? [{...words, intent: binding.intent}]
			: [];
	});

/**
 * Finds the choice for what was typed: a number, its key on the screen, or its first letters. An empty text selects the
 * first choice. `problem`: why there is no choice, in a sentence.
 */
export const findChoice = <Option extends {key: string; label: string}>(
	choices: Option[],
	typed: string,
): {choice: Option} | {problem: string} => {
	const wanted = typed.trim().toLowerCase();
	const matches = choices.filter(({label}) => label.toLowerCase().startsWith(wanted));
	const choice =
		wanted === ''
			? choices[0]
			: (choices[Number(wanted) - 1] ??
				choices.find(({key, label}) => key === wanted || label.toLowerCase() === wanted));
	if (choice) return {choice};
	const [only, ...others] = matches;
	if (only && others.length === 0) return {choice: only};
	const {ambiguous, noChoice} = messages.plain.menu;
	const labels = matches.map(({label}) => label);
	return {problem: only ? ambiguous(typed.trim(), labels) : noChoice(typed.trim())};
};
