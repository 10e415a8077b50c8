import type {Root} from 'mdast';
import {type ChainLink, describeChain} from '../checks/kinds/port-chain.js';
import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {translateCommand, translateSentence, translateText} from '../workshop/dialect.js';
import {selectBody} from '../workshop/markdown.js';
import type {Step} from '../workshop/model.js';
import {patchedFiles} from '../workshop/patches.js';
import {judgeAnswer} from '../workshop/questions.js';
import {insertShownFiles} from '../workshop/shown-files.js';
import {blankMark, isChallenge} from '../workshop/steps.js';
import {shownBlank} from './command-line.js';
import {
	describePlaceholder,
	missingPlaceholders,
	replaceLocalhost,
	showPlaceholders,
} from './plan/run-plan.js';
import {selectIsBegun, selectIsRecording, selectStep} from './select.js';
import type {RunView, SessionState} from './state.js';
import {textFiles} from './text-files.js';

/**
 * The shown step's command in the learner's dialect, with `<name>` for each missing value; null if it has none.
 * `blank`: stands for each blank that the learner has to fill in.
 */
export const selectCommandLine = (state: SessionState, blank = shownBlank): string | null => {
	const {command, blanked} = selectStep(state);
	if (command === null) return null;
	const line = withEngineAddress(showPlaceholders(blanked ?? command, state.captured), state);
	return translateCommand(line, state.dialect).replaceAll(blankMark, blank);
};

/** Replaces `localhost` in a command with the engine's address. */
const withEngineAddress = (command: string, {engine}: SessionState): string =>
	engine.status === 'ready' ? replaceLocalhost(command, engine.identity.address) : command;

/** The commands that judge the shown challenge, in the learner's dialect; empty if none do. */
export const selectProofLines = (state: SessionState): string[] =>
	selectStep(state).judge.map(({run}) => translateCommand(withEngineAddress(run, state), state.dialect));

/**
 * Sentences that explain the shown command: the source of missing values, the address that it contacts, and the files
 * that are changed meanwhile.
 */
export const selectCommandNotes = (state: SessionState): string[] => {
	const step = selectStep(state);
	const {command, edit, judge, patches} = step;
	const hasOtherAddress = command !== null && withEngineAddress(command, state) !== command;
	const identity = state.engine.status === 'ready' && hasOtherAddress ? state.engine.identity : null;
	const {portsOnHost, portsElsewhere} = messages.session.step;
	const edits = [edit, ...judge.map(proof => proof.edit)].filter(one => one !== null);
	const {lineWhileRunning, lineWhileJudged, changedWhileRunning, changedWhileJudged} = messages.session.step;
	const isJudged = isChallenge(step);
	const notes = edits.map(({file, line}) =>
		line === undefined
			? (isJudged ? changedWhileJudged : changedWhileRunning)(file)
			: (isJudged ? lineWhileJudged : lineWhileRunning)(file),
	);
	const setup = selectIsBegun(state, step) || selectIsRecording(state) ? [] : step.setup;
	const placeholders = missingPlaceholders([command ?? '', ...setup].join('\n'), state.captured).map(name =>
		describePlaceholder(name, state.workshop),
	);
	return [
		...placeholders,
		...(identity ? [(identity.inContainer ? portsOnHost : portsElsewhere)(identity.address)] : []),
		...patchedFiles(patches).map(messages.session.step.patchedBefore),
		...new Set(notes),
		...setup.map(line =>
			messages.session.setup.runsBefore(
				translateCommand(withEngineAddress(showPlaceholders(line, state.captured), state), state.dialect),
			),
		),
	];
};

/** The command of a run in the learner's dialect; empty if it had none. */
export const selectRunLine = ({dialect}: SessionState, {commandLine, isTyped}: RunView): string =>
	isTyped ? commandLine : translateCommand(commandLine, dialect);

/** A sentence with its commands in the learner's dialect. */
export const selectSentence = ({dialect}: SessionState, sentence: string): string =>
	translateSentence(sentence, dialect);

/** How a step's question was answered, in a sentence; null for other kinds of steps, and before it was shown. */
export const selectAnswerSentence = (
	{answers, passed}: Pick<SessionState, 'answers' | 'passed'>,
	{id, question}: Step,
): string | null => {
	const say = messages.session.question;
	const answer = answers[id];
	if (!question || !answer) return passed[id]?.finding === 'not-answered' ? say.notAnswered : null;
	if (!judgeAnswer(question, answer.given).isRight) return say.answeredWrong;
	return answer.first === 'right' ? say.answeredRight : say.answeredRightLater;
};

/** The links of a verdict's port chain, in order; empty if there is no container. */
export const selectChain = (verdict: Verdict): ChainLink[] => describeChain(verdict);

/** A text of the workshop for this engine and dialect, with the files that it shows. */
export const selectText = (state: SessionState, text: Root): Root => {
	const {engine, dialect} = state;
	const files = textFiles.of(state);
	const identity = engine.status === 'ready' ? engine.identity : null;
	const body = selectBody(
		insertShownFiles(text, path => files[path] ?? null),
		{
			store: identity?.store ?? null,
			// Podman's `docker` has no Docker version; its output is closest to the newest.
			cli:
				!identity || identity.cli.version === identity.cli.podman
					? null
					: Number.parseInt(identity.cli.version, 10),
			shell: dialect,
		},
	);
	return translateText(body, dialect);
};
