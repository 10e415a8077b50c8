import type {Verdict} from '../checks/model.js';
import {doctorIds} from '../doctor/registry.js';
import type {LineLogReader} from '../session/ports.js';
import {selectHints, selectIsUntried, selectStep, selectSteps} from '../session/select.js';
import {selectSentence} from '../session/select-wording.js';
import type {SessionState} from '../session/state.js';
import {type Builder, nameBuilder} from '../stages/model.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {type Line, span, wrapLine} from '../view/line.js';
import {stepLines} from '../view/step-lines.js';
import {endText, engineSentence, findingSentence, stepText, welcomeText} from './page-text.js';
import type {PlainPage} from './plain-output.js';
import {challengeText, createRunAnnouncer, type RunAnnouncer, runText} from './run-text.js';

/** Tells a session in the order in which it happens; nothing is told twice. */
export type Announcer = {
	/** What has changed since the last call. */
	announce(state: SessionState): Line[];
	/** A notice that says the same once more is news again. */
	forgetNotice(): void;
};

/** What was told last, part by part. */
type Announced = {
	place: string;
	engine: string;
	findings: Set<string>;
	builder: string;
	hints: number;
	question: SessionState['question'];
	notice: string | null;
	challenge: string;
	/** By run. */
	announcers: Map<string, RunAnnouncer>;
	runsOver: Set<string>;
};

/** A narrator that begins with the welcome. */
export const createAnnouncer = (reader: () => LineLogReader, page: PlainPage): Announcer => {
	const told: Announced = {
		place: '',
		engine: '',
		findings: new Set(),
		builder: '',
		hints: 0,
		question: null,
		notice: null,
		challenge: '',
		announcers: new Map(),
		runsOver: new Set(),
	};
	const say = (state: SessionState, texts: string[]): Line[] =>
		texts.flatMap(text => wrapLine([span(rewriteOwnCommands(selectSentence(state, text)))], page.columns));
	// In this order: a run ends before the next step is shown, and a step is shown before what is said about it.
	const parts: Array<(state: SessionState) => Line[]> = [
		state => announceRuns(state, told, {reader, page}),
		state => announcePlace(state, told, page),
		state => announceHints(state, told, page),
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
		state => announceChallenge(state, told, page),
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
		announce: state => parts.flatMap(part => part(state)),
		forgetNotice() {
			told.notice = null;
		},
	};
};

const ifNew = (told: Announced, part: 'engine' | 'builder' | 'challenge', text: string): string[] => {
	if (told[part] === text) return [];
	told[part] = text;
	return [text];
};

/**
 * What stands in the way, as far as it is not what the engine's sentence says; a terminal's size is no matter here. In
 * the order of the screen, which can't be changed any more once it is told: each waits for those before it.
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

const announcePlace = (state: SessionState, told: Announced, page: PlainPage): Line[] => {
	const place = state.screen === 'step' ? `step ${state.stepId}` : state.screen;
	if (place === told.place) return [];
	told.place = place;
	told.hints = selectHints(state, selectStep(state)).length;
	told.challenge = '';
	if (state.screen === 'step') return stepText(state, page);
	return state.screen === 'welcome' ? welcomeText(state, page) : endText(state, page);
};

const announceHints = (state: SessionState, told: Announced, page: PlainPage): Line[] => {
	const revealed = selectHints(state, selectStep(state)).length;
	if (state.screen !== 'step' || revealed === told.hints) return [];
	told.hints = revealed;
	const {lines, newest} = stepLines(state, page.columns, page.symbols);
	return [[], ...lines.slice(newest)];
};

const announceRuns = (
	state: SessionState,
	told: Announced,
	{reader, page}: {reader: () => LineLogReader; page: PlainPage},
): Line[] =>
	Object.values(state.runs)
		.filter(({runId}) => !told.runsOver.has(runId))
		.flatMap((run): Line[] => {
			const announcer = told.announcers.get(run.runId) ?? createRunAnnouncer(run.runId, reader(), page);
			told.announcers.set(run.runId, announcer);
			const lines = announcer.announce(run).map((text): Line => [span(text)]);
			if (run.phase !== 'over') return lines;
			told.announcers.delete(run.runId);
			told.runsOver.add(run.runId);
			// The verdict says so.
			if (findStepById(state, run.stepId)?.kind === 'builder') told.builder = builderSentence(state.builder);
			return [...lines, ...runText(state, run, page)];
		});

const builderSentence = (builder: Builder): string => `Builds use ${nameBuilder(builder)} from here on.`;

const findStepById = (state: SessionState, stepId: string) =>
	selectSteps(state).find(({id}) => id === stepId);

/** A verdict is told again when it says something else; that it still waits is no news. */
const announceChallenge = (state: SessionState, told: Announced, page: PlainPage): Line[] => {
	const verdict: Verdict | undefined = state.challenges[state.stepId];
	if (state.screen !== 'step' || selectStep(state).kind !== 'challenge' || !verdict) return [];
	if (verdict.finding === 'waiting') return [];
	const lines = challengeText(verdict, selectIsUntried(state, state.stepId), page);
	const text = page.text(lines).join('\n');
	return ifNew(told, 'challenge', text).length > 0 ? [[], ...lines] : [];
};
