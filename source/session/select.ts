import type {Root} from 'mdast';
import type {DoctorFinding} from '../doctor/registry.js';
import {blocksWorkshop, doctorIds} from '../doctor/registry.js';
import {messages} from '../messages/index.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import type {Chapter, Step} from '../workshop/model.js';
import {judgeAnswer} from '../workshop/questions.js';
import {isChallenge, isCleanup} from '../workshop/steps.js';
import {fromLabFolder} from './plan/build-plan.js';
import type {DockerfilePlan} from './plan/dockerfile-plan.js';
import type {RunView, SessionState, ShellState} from './state.js';

/** All steps of the workshop, in order. */
export const selectSteps = (state: SessionState): Step[] =>
	state.workshop.chapters.flatMap(chapter => chapter.steps);

/** The shown step. */
export const selectStep = (state: SessionState): Step => {
	const steps = selectSteps(state);
	// Workshops without steps can't be opened.
	return steps.find(({id}) => id === state.stepId) ?? (steps[0] as Step);
};

/** The title of a step in a list, which marks optional steps. */
export const listedTitle = ({optional, title}: Pick<Step, 'optional' | 'title'>): string =>
	optional ? messages.session.step.optional(title) : title;

/** The steps that count as progress: all but the optional ones. */
export const selectMainSteps = (state: SessionState): Step[] =>
	selectSteps(state).filter(({optional}) => !optional);

/**
 * The chapter of a step, and its position: chapter n of m, step i of k, all from 1. Optional steps are not counted and
 * have the number null.
 */
export const selectPlace = (state: SessionState, step = selectStep(state)) => {
	const {chapters} = state.workshop;
	const index = chapters.findIndex(({id}) => id === step.chapterId);
	const chapter = chapters[index] as Chapter;
	const counted = chapter.steps.filter(({optional}) => !optional);
	return {
		chapter,
		chapterNumber: index + 1,
		chapterCount: chapters.length,
		stepNumber: step.optional ? null : counted.findIndex(({id}) => id === step.id) + 1,
		stepCount: counted.length,
	};
};

/** The step before or after the shown one, skipping the optional steps that follow it; null at either end. */
export const selectNeighbour = (state: SessionState, offset: 1 | -1): Step | null => {
	const steps = selectSteps(state);
	const passedBy = offset === 1 ? selectExtras(state).length : 0;
	return steps[steps.findIndex(({id}) => id === state.stepId) + offset + passedBy] ?? null;
};

/** The optional steps that directly follow the shown step; empty if it is optional itself. */
export const selectExtras = (state: SessionState): Step[] => {
	if (selectStep(state).optional) return [];
	const steps = selectSteps(state);
	const behind = steps.slice(steps.findIndex(({id}) => id === state.stepId) + 1);
	const end = behind.findIndex(({optional}) => !optional);
	return behind.slice(0, end < 0 ? behind.length : end);
};

/** The latest run of the shown step; null if it was not run in this session. */
export const selectRun = (state: SessionState): RunView | null => state.runs[state.stepId] ?? null;

/** The last build of each step in this session, in the order of the steps. */
export const selectBuilds = (state: SessionState): RunView[] =>
	selectSteps(state).flatMap(({id}) => {
		// The latest run may be a line typed after the build.
		const build = [state.runs[id], state.passes[id]?.run].find(run => run?.build && run.outcome);
		return build ? [build] : [];
	});

/** The plan of the shown step's build; null if it builds nothing. */
export const selectPlan = (state: SessionState): DockerfilePlan | null => state.plans[state.stepId] ?? null;

/** The workshop's clean-up step; null if it has none. */
export const selectCleanup = (state: SessionState): Step | null => selectSteps(state).find(isCleanup) ?? null;

/** The steps that must pass before a step can run, in order. */
export const selectUnmetNeeds = (state: SessionState, step: Step): Step[] =>
	selectSteps(state).filter(({id}) => step.needs.includes(id) && !state.passed[id]);

/** Whether a step has passed. A question that was left unanswered is done, but has not. */
export const selectHasPassed = ({passed}: Pick<SessionState, 'passed'>, stepId: string): boolean =>
	passed[stepId] !== undefined && passed[stepId].finding !== 'not-answered';

/** Whether the last answer to a question is wrong: it is answered, which is no success to mark. */
export const selectIsWrong = ({answers}: Pick<SessionState, 'answers'>, {id, question}: Step): boolean => {
	const answer = answers[id];
	return question !== null && answer !== undefined && !judgeAnswer(question, answer.given).isRight;
};

/** Whether a recording replaces the engine. */
export const selectIsRecording = ({engine}: SessionState): boolean =>
	engine.status === 'ready' && engine.identity.recorded !== null;

/**
/**
 * Whether a step has something to run. A question has nothing. A challenge has proofs, but their recordings are of the
 * shipped solution and can't judge the learner's. The command of a `blank` step is the learner's to complete, until it
 * has passed.
 */
export const selectIsRunnable = (state: SessionState, step: Step): boolean => {
	if (step.kind === 'question') return false;
	if (step.kind === 'blank') return state.passed[step.id] !== undefined;
	if (!isChallenge(step) || !selectIsBegun(state, step)) return true;
	return step.judge.length > 0 && !selectIsRecording(state);
};

/**
 * Whether what a step begins with is there: the broken files of a repair, and what `setup` makes. A challenge begins
 * once; any other step, each time it is shown. A recording runs no `setup`, because it holds what that made.
 */
export const selectIsBegun = (state: SessionState, step: Step): boolean => {
	if (state.begun[step.id] || (isChallenge(step) && state.passed[step.id])) return true;
	return step.kind !== 'repair' && (step.setup.length === 0 || selectIsRecording(state));
};

/**
 * What is revealed below the text of a step, each with a title, in the order in which it was revealed: hints, the
 * solution, and what is meant for those who have passed.
 */
export const selectRevealed = (state: SessionState, step: Step): Array<{title: string; content: Root}> => {
	const {hints, solution, afterwards} = step;
	const titles = messages.session.hint;
	const revealed = state.hints[step.id] ?? 0;
	const fitting = (state.hintsFor[step.id] ?? []).flatMap(({finding, behind}) => {
		const content = fittingHint(step, finding);
		return content ? [{title: titles.fitting, content, behind}] : [];
	});
	const ladder = hints.slice(0, revealed).map((content, index) => ({
		title: hints.length > 1 ? titles.numbered(index + 1, hints.length) : titles.only,
		content,
	}));
	if (solution && revealed > hints.length) ladder.push({title: titles.solution, content: solution});
	const all = [null, ...ladder].flatMap((hint, index) => [
		...(hint ? [hint] : []),
		...fitting.filter(({behind}) => behind === index),
	]);
	if (!afterwards || !state.passed[step.id]) return all;
	const before = state.passes[step.id]?.revealed ?? 0;
	return all.toSpliced(before, 0, {title: titles.afterwards, content: afterwards});
};

/** The finding of a step's latest verdict if it has its own, still hidden hint; else null. */
export const selectFittingFinding = (state: SessionState, step: Step): string | null => {
	const finding = (state.challenges[step.id] ?? state.runs[step.id]?.verdict)?.finding;
	const content = finding === undefined ? null : fittingHint(step, finding);
	if (finding === undefined || content === null) return null;
	// Several findings may have the same hint.
	const isKnown = (state.hintsFor[step.id] ?? []).some(one => fittingHint(step, one.finding) === content);
	return isKnown ? null : finding;
};

/** The kind of the next help; null if none is left. */
export const selectNextHelp = (state: SessionState, step: Step): 'hint' | 'solution' | null => {
	const {hints, solution} = step;
	const revealed = state.hints[step.id] ?? 0;
	if (selectFittingFinding(state, step) !== null || revealed < hints.length) return 'hint';
	return solution && revealed === hints.length ? 'solution' : null;
};

/** Whether a challenge's solution may be run: once its text, or without one the last hint, is revealed. */
export const selectMayBeSolved = (state: SessionState, {id, hints, solution}: Step): boolean =>
	(state.hints[id] ?? 0) >= hints.length + (solution ? 1 : 0);

const fittingHint = ({fittingHints}: Step, finding: string): Root | null =>
	fittingHints.find(({findings}) => findings.includes(finding))?.content ?? null;

/** Findings of a port chain without a container: there is nothing to judge yet, whatever was typed. */
const findingsBeforeFirstTry: ReadonlySet<string> = new Set(['no-container', 'no-image']);

/** Whether a challenge was not tried yet: its failed verdict then only describes the start state. */
export const selectIsUntried = ({challenges, passed, tried}: SessionState, stepId: string): boolean => {
	const verdict = challenges[stepId];
	if (verdict?.verdict !== 'failed' || passed[stepId]) return false;
	return verdict.evidence ? findingsBeforeFirstTry.has(verdict.finding) : !tried[stepId];
};

/**
 * Whether the machine can run the workshop. `looking`: some findings are still missing, and none so far prevents it.
 */
export const selectReadiness = (findings: DoctorFinding[]): 'looking' | 'ready' | 'not-ready' => {
	if (findings.some(blocksWorkshop)) return 'not-ready';
	return doctorIds.every(id => findings.some(finding => finding.id === id)) ? 'ready' : 'looking';
};

/** Whether the machine is ready but some steps can't run, because Podman lacks Docker's builders. */
export const selectLacksBuilder = (findings: DoctorFinding[]): boolean =>
	findings.some(
		({id, verdict, next}) =>
			(id === 'legacy-builder' || id === 'buildkit') && verdict === 'passed' && next !== null,
	);

/** The folder in which typed commands run, as short as possible; empty for the lab folder. */
export const selectFolder = ({shell, labFolder}: Pick<SessionState, 'shell' | 'labFolder'>): string =>
	shell.folder === null ? '' : fromLabFolder(shell.folder, labFolder);

/** The inherited environment with the variables set or unset in this session. */
export const sessionEnvironment = (
	inherited: Record<string, string>,
	{variables}: Pick<ShellState, 'variables'>,
): Record<string, string> =>
	Object.fromEntries(
		Object.entries({...inherited, ...variables}).filter(
			(entry): entry is [string, string] => entry[1] !== null,
		),
	);

/** The command that removes what this workshop created. */
export const cleanupCommand = ({workshop: {id}}: Pick<SessionState, 'workshop'>): string =>
	rewriteOwnCommands(`\`multistage-workshop cleanup --workshop ${id}\``).slice(1, -1);
