import {
	isPossible,
	listedTitle,
	selectPlan,
	selectRun,
	selectStep,
	selectSteps,
} from '../../session/select/select.js';
import {selectTimelines} from '../../session/select/select-timelines.js';
import type {Intent, SessionState} from '../../session/state.js';
import {mostPredicted} from '../keys/predict-bindings.js';
import {type Line, span} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import {type Choice, choicesFor} from './choices.js';
import {findChoice} from './find-choice.js';
import {machineText} from './machine-text.js';
import type {PlainPage} from './plain-page.js';
import {timelineSentences} from './timeline-sentences.js';

/** Something the learner is asked, and what an answer leads to. */
export type Menu = {lines: Line[]; take(typed: string): Taken};

/** What an answer leads to: intents for the session, lines to read, something else to ask (null: what suits then). */
export type Taken = {intents: Intent[]; lines: Line[]; menu: Menu | null};

const nothing: Taken = {intents: [], lines: [], menu: null};

/** What can be done now. */
export const mainMenu = (state: SessionState, page: PlainPage): Menu => {
	const choices = choicesFor(state);
	return {
		lines: [[], ...choiceLines('', choices, page)],
		take(typed) {
			const line = /^\s*:(.+)/.exec(typed)?.[1]?.trim();
			if (line && isPossible(state, 'run-line')) return {...nothing, intents: [{intent: 'run-line', line}]};
			const found = findChoice(choices, typed);
			if ('problem' in found) return {...nothing, lines: wrapLine([span(found.problem)], page.columns)};
			const {choice} = found;
			return 'intent' in choice ? {...nothing, intents: [choice.intent]} : pages[choice.page](state, page);
		},
	};
};

type PageName = Extract<Choice, {page: unknown}>['page'];

const choiceLines = (before: string, choices: Array<{label: string}>, {columns}: PlainPage): Line[] => {
	// A number and its words stay on one line.
	const words = choices.map(({label}, index) => `${index + 1} ${label}`.replaceAll(' ', blank));
	return wrapLine([span(`${before}${words.join(', ')}`)], columns).map(line =>
		line.map(({text, style}) => span(text.replaceAll(blank, ' '), style)),
	);
};

/** A space at which no line is broken. */
const blank = '\u00A0';

/** Asks for one of a few; an empty answer is none. */
const askFor = <Given extends {key: string; label: string}>(
	lines: Line[],
	choices: Given[],
	{page, onChoice}: {page: PlainPage; onChoice: (choice: Given) => Taken},
): Taken => {
	const menu: Menu = {
		lines,
		take(typed) {
			if (typed.trim() === '') return nothing;
			const found = findChoice(choices, typed);
			if ('choice' in found) return onChoice(found.choice);
			return {...nothing, lines: wrapLine([span(found.problem)], page.columns), menu};
		},
	};
	return {...nothing, menu};
};

const pages: Record<PageName, (state: SessionState, page: PlainPage) => Taken> = {
	chapters(state, page) {
		const steps = selectSteps(state).map(step => ({key: step.id, label: step.title, step}));
		const lines = state.workshop.chapters.flatMap(({id, title}, index): Line[] => [
			[span(`Chapter ${index + 1}, ${title}`)],
			...steps.flatMap(({step}, place): Line[] => {
				if (step.chapterId !== id) return [];
				const here = step.id === state.stepId ? ' (you are here)' : '';
				return [
					[span(`  ${place + 1} ${listedTitle(step)}${state.passed[step.id] ? ', passed' : ''}${here}`)],
				];
			}),
		]);
		const ask = wrapLine([span('Which step? Its number, or enter to stay.')], page.columns);
		return askFor([[], ...lines, ...ask], steps, {
			page,
			onChoice: ({step}) => ({...nothing, intents: [{intent: 'go-to-step', stepId: step.id}]}),
		});
	},
	dockerfile(state) {
		const rows = (selectPlan(state)?.text ?? '').replace(/\n$/, '').split('\n');
		const width = String(rows.length).length;
		return {
			...nothing,
			lines: [[], ...rows.map((row, index): Line => [span(`${String(index + 1).padStart(width)} ${row}`)])],
		};
	},
	timeline(state, {columns}) {
		const known = selectTimelines(state);
		const shown = known
			? known.compared
				? [known.compared.legacy, known.compared.buildkit]
				: [known.own]
			: [];
		const sentences = shown.flatMap(timelineSentences);
		return {...nothing, lines: [[], ...sentences.flatMap(sentence => wrapLine([span(sentence)], columns))]};
	},
	machine: (state, page) => ({...nothing, lines: [[], ...machineText(state, page)]}),
	predict: (state, page) => ({...nothing, menu: predictMenu(state, page)}),
	lines(state, page) {
		const build = selectRun(state)?.build;
		const copy = (stage: string | null): Taken => ({...nothing, intents: [{intent: 'copy-log', stage}]});
		if (!build) return copy(null);
		const stages = build.stages.map(({name}) => ({key: name, label: name}));
		return askFor(choiceLines('Those of which stage? ', stages, page), stages, {
			page,
			onChoice: ({label}) => copy(label),
		});
	},
};

/** All stages that will run, at once; enter leaves everything as it was. */
const predictMenu = (state: SessionState, page: PlainPage): Menu => {
	const stages = (selectPlan(state)?.graph.stages ?? []).slice(0, mostPredicted);
	const before = state.predictions[selectStep(state).id] ?? [];
	const named = stages.map(({name}) => ({label: before.includes(name) ? `${name} (expected)` : name}));
	const menu: Menu = {
		lines: [
			...choiceLines('Which stages will run? ', named, page),
			...wrapLine([span('Type all their numbers with spaces between; enter changes nothing.')], page.columns),
		],
		take(typed) {
			const words = typed.split(/[\s,]+/).filter(word => word !== '');
			if (words.length === 0) return nothing;
			const wrong = words.find(word => !stages[Number(word) - 1]);
			if (wrong !== undefined)
				return {...nothing, lines: [[span(`“${wrong}” is no number of a stage.`)]], menu};
			const wanted = new Set(words.map(word => Number(word)));
			const changed = stages.flatMap(({name}, index) =>
				wanted.has(index + 1) === before.includes(name) ? [] : [index + 1],
			);
			const names = stages.filter((_, index) => wanted.has(index + 1)).map(({name}) => name);
			return {
				...nothing,
				intents: changed.map(place => ({intent: 'predict-stage', place})),
				lines: wrapLine([span(`You expect ${names.join(', ')} to run.`)], page.columns),
			};
		},
	};
	return menu;
};
