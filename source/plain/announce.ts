import type {Verdict} from '../checks/model.js';
import {doctorIds} from '../doctor/registry.js';
import {messages} from '../messages/index.js';
import type {LineLogReader} from '../session/ports.js';
import {reviewDue} from '../session/review-due.js';
import {selectIsUntried, selectRevealed, selectStep, selectSteps} from '../session/select.js';
import {selectSentence} from '../session/select-wording.js';
import type {RunView, SessionState} from '../session/state.js';
import {type Builder, nameBuilder} from '../stages/model.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {type Line, sentenceLines} from '../view/line.js';
import {stepLines} from '../view/step-lines.js';
import {isChallenge} from '../workshop/steps.js';
import {createClassAnnouncer} from './class-text.js';
import {answerText, endText, engineSentence, findingSentence, stepText, welcomeText} from './page-text.js';
import type {PlainPage} from './plain-output.js';
import {challengeText, createRunAnnouncer, type RunAnnouncer, runText} from './run-text.js';

/** Announces what happens in a session, in order and nothing twice. */
export type Announcer = {
	/** Notes the runs of a state. Call it at each change: a run may end and give way to another before `announce`. */
	note(state: SessionState): void;
	/** What has changed since the last call. */
	announce(state: SessionState): Line[];
	/** Announces the next notice even if it repeats the last one. */
	forgetNotice(): void;
};

/** What was announced last. */
type Announced = {
	place: string;
	engine: string;
	findings: Set<string>;
	builder: string;
	revealed: number;
	question: SessionState['question'];
	notice: string | null;
	challenge: string;
	/** Of the shown question. */
	answer: SessionState['answers'][string] | undefined;
	review: string;
	/** By the ID of the run: each that is not over yet, as it was last. */
	runs: Map<string, RunView>;
	announcers: Map<string, RunAnnouncer>;
	runsOver: Set<string>;
};

/** An announcer that begins with the welcome. */
export const createAnnouncer = (reader: () => LineLogReader, page: PlainPage): Announcer => {
	const announced: Announced = {
		place: '',
		engine: '',
		findings: new Set(),
		builder: '',
		revealed: 0,
		question: null,
		notice: null,
		challenge: '',
		answer: undefined,
		review: '',
		runs: new Map(),
		announcers: new Map(),
		runsOver: new Set(),
	};
	const say = (state: SessionState, texts: string[]): Line[] =>
		sentenceLines(
			texts.map(text => rewriteOwnCommands(selectSentence(state, text))),
			page.columns,
		);
	// In this order: a run ends before the next step is shown, and a step is shown before what is said about it.
	const parts: Array<(state: SessionState) => Line[]> = [
		state => announceRuns(state, announced, {reader, page}),
		state => announcePlace(state, announced, page),
		state => announceRevealed(state, announced, page),
		state => {
			const answer = state.answers[state.stepId];
			if (answer === announced.answer) return [];
			announced.answer = answer;
			return answerText(state, page);
		},
		state =>
			say(state, [
				...ifNew(announced, 'engine', engineSentence(state.engine)),
				...(state.screen === 'welcome' ? newFindings(state, announced) : []),
			]),
		state => {
			const isFirst = announced.builder === '';
			const news = ifNew(announced, 'builder', builderSentence(state.builder));
			return isFirst ? [] : say(state, news);
		},
		state => announceChallenge(state, announced, page),
		createClassAnnouncer(page),
		state => {
			const days = state.screen === 'end' ? reviewDue.of(state) : null;
			return days === null ? [] : say(state, ifNew(announced, 'review', messages.review.first(days)));
		},
		state => {
			const {notice} = state;
			if (notice === announced.notice) return [];
			announced.notice = notice;
			return notice === null ? [] : say(state, [notice]);
		},
		state => {
			const {question} = state;
			if (question === announced.question) return [];
			announced.question = question;
			return question ? [[], ...say(state, [question.title, ...question.lines])] : [];
		},
	];
	return {
		note: state => noteRuns(state, announced),
		announce: state => parts.flatMap(part => part(state)),
		forgetNotice() {
			announced.notice = null;
		},
	};
};

const ifNew = (
	announced: Announced,
	part: 'engine' | 'builder' | 'challenge' | 'review',
	text: string,
): string[] => {
	if (announced[part] === text) return [];
	announced[part] = text;
	return [text];
};

/**
 * New failed findings, except those that the engine's sentence covers, and the size of the terminal, which doesn't
 * matter here. They are announced in the order of the screen: each one waits for those before it.
 */
const newFindings = (
	{engine: {status}, findings}: SessionState,
	{engine, findings: known}: Announced,
): string[] =>
	findings
		.filter(({id}, index) => status !== 'connecting' && id === doctorIds[index])
		.filter(({id, verdict, reason}) => verdict === 'failed' && id !== 'terminal' && !engine.includes(reason))
		.map(findingSentence)
		.filter(text => !known.has(text) && known.add(text));

const announcePlace = (state: SessionState, announced: Announced, page: PlainPage): Line[] => {
	const place = state.screen === 'step' ? `step ${state.stepId}` : state.screen;
	if (place === announced.place) return [];
	announced.place = place;
	announced.revealed = selectRevealed(state, selectStep(state)).length;
	announced.challenge = '';
	announced.answer = state.answers[state.stepId];
	if (state.screen === 'step') return stepText(state, page);
	return state.screen === 'welcome' ? welcomeText(state, page) : endText(state, page);
};

const announceRevealed = (state: SessionState, announced: Announced, page: PlainPage): Line[] => {
	const revealed = selectRevealed(state, selectStep(state)).length;
	if (state.screen !== 'step' || revealed === announced.revealed) return [];
	announced.revealed = revealed;
	const {lines, newest} = stepLines(state, page.columns, page.symbols);
	return [[], ...lines.slice(newest)];
};

const noteRuns = ({runs}: SessionState, announced: Announced): void => {
	for (const run of Object.values(runs))
		if (!announced.runsOver.has(run.runId)) announced.runs.set(run.runId, run);
};

const announceRuns = (
	state: SessionState,
	announced: Announced,
	{reader, page}: {reader: () => LineLogReader; page: PlainPage},
): Line[] => {
	noteRuns(state, announced);
	const runs = [...announced.runs.values()];
	announced.runs.clear();
	return runs.flatMap((run): Line[] => {
		const announcer = announced.announcers.get(run.runId) ?? createRunAnnouncer(run.runId, reader(), page);
		announced.announcers.set(run.runId, announcer);
		const lines = announcer(run);
		if (run.phase !== 'over') return lines;
		announced.announcers.delete(run.runId);
		announced.runsOver.add(run.runId);
		// The verdict already says which builder is used.
		if (findStepById(state, run.stepId)?.kind === 'builder')
			announced.builder = builderSentence(state.builder);
		return [...lines, ...runText(state, run, page)];
	});
};

const builderSentence = (builder: Builder): string => messages.session.builder.chosen(nameBuilder(builder));

const findStepById = (state: SessionState, stepId: string) =>
	selectSteps(state).find(({id}) => id === stepId);

/** Announces a verdict, and again whenever its text changes, but not one that still waits or is being found. */
const announceChallenge = (state: SessionState, announced: Announced, page: PlainPage): Line[] => {
	const verdict: Verdict | undefined = state.challenges[state.stepId];
	if (state.screen !== 'step' || !isChallenge(selectStep(state)) || !verdict) return [];
	// While its proofs run, a challenge is not judged yet for a moment: their verdict comes at their end.
	if (
		verdict.finding === 'waiting' ||
		(verdict.verdict === 'unknown' && state.runningStepId === state.stepId)
	)
		return [];
	const lines = challengeText(verdict, selectIsUntried(state, state.stepId), page);
	const text = page.text(lines).join('\n');
	return ifNew(announced, 'challenge', text).length > 0 ? [[], ...lines] : [];
};
