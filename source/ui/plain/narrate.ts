import type {Builder} from '../../build/model.js';
import type {Verdict} from '../../checks/model.js';
import {doctorIds} from '../../session/doctor-ids.js';
import type {LineLogReader} from '../../session/perform/line-logs.js';
import {selectStep, selectSteps} from '../../session/select/select.js';
import {selectHints} from '../../session/select/select-hints.js';
import {selectIsUntried} from '../../session/select/select-is-untried.js';
import {selectSentence} from '../../session/select/select-wording.js';
import type {SessionState} from '../../session/state.js';
import {builderWords} from '../../text/builder-words.js';
import {asStarted} from '../../text/how-started.js';
import {stepLines} from '../pages/step-lines.js';
import {type Line, span} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import {endText} from './end-text.js';
import type {PlainPage} from './plain-page.js';
import {challengeText, runText} from './run-text.js';
import {stepText} from './step-text.js';
import {createRunTeller, type RunTeller} from './tell-run.js';
import {engineSentence, findingSentence, welcomeText} from './welcome-text.js';

/** Tells a session in the order in which it happens; nothing is told twice. */
export type Narrator = {
	/** What has changed since the last call. */
	tell(state: SessionState): Line[];
	/** A notice that says the same once more is news again. */
	forgetNotice(): void;
};

/** What was told last, part by part. */
type Told = {
	place: string;
	engine: string;
	findings: Set<string>;
	builder: string;
	hints: number;
	question: SessionState['question'];
	notice: string | null;
	challenge: string;
	/** By run. */
	tellers: Map<string, RunTeller>;
	runsOver: Set<string>;
};

/** A narrator that begins with the welcome. */
export const createNarrator = (reader: () => LineLogReader, page: PlainPage): Narrator => {
	const told: Told = {
		place: '',
		engine: '',
		findings: new Set(),
		builder: '',
		hints: 0,
		question: null,
		notice: null,
		challenge: '',
		tellers: new Map(),
		runsOver: new Set(),
	};
	const say = (state: SessionState, texts: string[]): Line[] =>
		texts.flatMap(text => wrapLine([span(asStarted(selectSentence(state, text)))], page.columns));
	// In this order: a run ends before the next step is shown, and a step is shown before what is said about it.
	const parts: Array<(state: SessionState) => Line[]> = [
		state => tellRuns(state, told, {reader, page}),
		state => tellPlace(state, told, page),
		state => tellHints(state, told, page),
		state =>
			say(state, [
				...ifNew(told, 'engine', engineSentence(state.engine)),
				...(state.screen === 'welcome' ? newFindings(state, told) : []),
			]),
		state => {
			const isFirst = told.builder === '';
			const news = ifNew(told, 'builder', builderSentence(state.builder));
			return isFirst ? [] : say(state, news);
		},
		state => tellChallenge(state, told, page),
		state => {
			const {notice} = state;
			if (notice === told.notice) return [];
			told.notice = notice;
			return notice === null ? [] : say(state, [notice]);
		},
		state => {
			const {question} = state;
			if (question === told.question) return [];
			told.question = question;
			return question ? [[], ...say(state, [question.title, ...question.lines])] : [];
		},
	];
	return {
		tell: state => parts.flatMap(part => part(state)),
		forgetNotice() {
			told.notice = null;
		},
	};
};

const ifNew = (told: Told, part: 'engine' | 'builder' | 'challenge', text: string): string[] => {
	if (told[part] === text) return [];
	told[part] = text;
	return [text];
};

/**
 * What stands in the way, as far as it is not what the engine's sentence says; a terminal's size is no matter here. In
 * the order of the screen, which can't be changed any more once it is told: each waits for those before it.
 */
const newFindings = ({engine: {status}, findings}: SessionState, {engine, findings: known}: Told): string[] =>
	findings
		.filter(({id}, index) => status !== 'connecting' && id === doctorIds[index])
		.filter(({id, verdict, reason}) => verdict === 'failed' && id !== 'terminal' && !engine.includes(reason))
		.map(findingSentence)
		.filter(text => !known.has(text) && known.add(text));

const tellPlace = (state: SessionState, told: Told, page: PlainPage): Line[] => {
	const place = state.screen === 'step' ? `step ${state.stepId}` : state.screen;
	if (place === told.place) return [];
	told.place = place;
	told.hints = selectHints(state, selectStep(state)).length;
	told.challenge = '';
	if (state.screen === 'step') return stepText(state, page);
	return state.screen === 'welcome' ? welcomeText(state, page) : endText(state, page);
};

const tellHints = (state: SessionState, told: Told, page: PlainPage): Line[] => {
	const revealed = selectHints(state, selectStep(state)).length;
	if (state.screen !== 'step' || revealed === told.hints) return [];
	told.hints = revealed;
	const {lines, newest} = stepLines(state, page.columns, page.symbols);
	return [[], ...lines.slice(newest)];
};

const tellRuns = (
	state: SessionState,
	told: Told,
	{reader, page}: {reader: () => LineLogReader; page: PlainPage},
): Line[] =>
	Object.values(state.runs)
		.filter(({runId}) => !told.runsOver.has(runId))
		.flatMap((run): Line[] => {
			const teller = told.tellers.get(run.runId) ?? createRunTeller(run.runId, reader(), page);
			told.tellers.set(run.runId, teller);
			const lines = teller.tell(run).map((text): Line => [span(text)]);
			if (run.phase !== 'over') return lines;
			told.tellers.delete(run.runId);
			told.runsOver.add(run.runId);
			// The verdict says so.
			if (stepOf(state, run.stepId)?.kind === 'builder') told.builder = builderSentence(state.builder);
			return [...lines, ...runText(state, run, page)];
		});

const builderSentence = (builder: Builder): string => `Builds use ${builderWords(builder)} from here on.`;

const stepOf = (state: SessionState, stepId: string) => selectSteps(state).find(({id}) => id === stepId);

/** A verdict is told again when it says something else; that it still waits is no news. */
const tellChallenge = (state: SessionState, told: Told, page: PlainPage): Line[] => {
	const verdict: Verdict | undefined = state.challenges[state.stepId];
	if (state.screen !== 'step' || selectStep(state).kind !== 'challenge' || !verdict) return [];
	if (verdict.finding === 'waiting') return [];
	const lines = challengeText(verdict, selectIsUntried(state, state.stepId), page);
	const text = page.text(lines).join('\n');
	return ifNew(told, 'challenge', text).length > 0 ? [[], ...lines] : [];
};
