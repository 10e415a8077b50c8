import {answerLimits} from '../classroom/hand-in.js';
import type {SeatState} from '../classroom/protocol.js';
import {parseDockerCommand} from '../docker/command.js';
import {verbs} from '../docker/verbs.js';
import {hashWorkshop} from '../pack/pack-files.js';
import {parseShellLine} from '../session/plan/shell-line.js';
import {selectIsRecording, selectSteps} from '../session/select.js';
import {selectSeatState} from '../session/select-seat-state.js';
import type {OpenSession} from '../session/session.js';
import type {RunView, SessionState} from '../session/state.js';
import {createAnswersStore, readChangedFiles} from '../storage/answers-store.js';
import {createResultsStore} from '../storage/results-store.js';
import {stateFolder} from '../storage/state-folder.js';
import type {Step} from '../workshop/model.js';
import {isChallenge} from '../workshop/steps.js';
import {type OpenWorkshop, workshopProgressName} from './open-workshop.js';

/**
 * Keeps the learner's results and answers on this machine, in a class or not. Like the progress, only the copy of the
 * program that may save them does. Tells the learner once if they can't be saved.
 */
export const keepResults = (
	session: Pick<OpenSession, 'getState' | 'subscribe' | 'notify'>,
	open: OpenWorkshop,
): (() => void) => {
	const results = createResultsStore(stateFolder());
	const answers = createAnswerKeeper(open);
	const hash = hashWorkshop(open.folder);
	let isTold = false;
	const keep = (): void => {
		const state = session.getState();
		if (state.readOnly) return;
		const seat = selectSeatState(state, {hash, handedIn: false, at: performance.now()});
		// A run that is not over is not yet counted as an attempt: its pass would be recorded twice.
		const steps = seat.steps.filter(({step}) => step !== state.runningStepId);
		const problem = results.record({...seat, steps}) ?? answers.keep(state, seat);
		if (problem === null || isTold) return;
		isTold = true;
		session.notify(problem);
	};
	keep();
	return session.subscribe(keep);
};

/** Follows the challenges: which `docker` lines were run there, and the state of the files when it was judged. */
const createAnswerKeeper = (open: OpenWorkshop) => {
	const stores = {
		real: createAnswersStore(stateFolder(), workshopProgressName(open, 'live')),
		recorded: createAnswersStore(stateFolder(), workshopProgressName(open, 'recorded')),
	};
	/** The commands of each challenge, those of earlier sessions first. */
	const commands = new Map<string, string[][]>();
	const seenRuns = new Set<string>();
	/** What was judged last. */
	const judged = new Map<string, string>();
	const keepOne = (step: Step, state: SessionState, seat: SeatState): string | null => {
		const store = stores[seat.mode];
		const key = `${seat.mode} ${step.id}`;
		const earlier = store.find(step.id);
		const isCurrent = earlier?.workshop.hash === seat.workshop.hash;
		const before =
			commands.get(key) ?? (isCurrent && earlier?.verdict !== 'passed' ? earlier?.commands : null);
		const list = before ?? [];
		const run = state.runs[step.id];
		const isNew = run !== undefined && !seenRuns.has(run.runId);
		if (isNew) seenRuns.add(run.runId);
		const kept = isNew ? [...list, ...readCommands(run, step, state)].slice(-answerLimits.commands) : list;
		commands.set(key, kept);
		const report = seat.steps.find(one => one.step === step.id);
		if (report?.verdict !== 'passed' && report?.verdict !== 'failed') return null;
		const {verdict, finding} = report;
		const now = JSON.stringify([key, verdict, finding, verdict === 'passed' ? null : report.attempts]);
		if (judged.get(key) === now) return null;
		// How an earlier session passed is not known any more.
		const isKept = verdict === 'passed' && isCurrent && earlier?.verdict === 'passed';
		if (isKept || (verdict === 'passed' && !state.passes[step.id])) return null;
		judged.set(key, now);
		const files = readChangedFiles(open.lab, open.workshop.contexts);
		const {workshop, mode} = seat;
		return store.keep({workshop, challenge: step.id, mode, verdict, finding, files, commands: kept});
	};
	return {
		keep(state: SessionState, seat: SeatState): string | null {
			const challenges = selectSteps(state).filter(isChallenge);
			return challenges.map(step => keepOne(step, state, seat)).find(problem => problem !== null) ?? null;
		},
	};
};

/**
 * The `docker` commands of a run that may have changed something. Of a challenge with proofs, commands that nobody
 * typed are the proofs.
 */
const readCommands = (run: RunView, step: Step, state: SessionState): string[][] => {
	if (!run.isTyped && step.judge.length > 0) return [];
	// A relative path would mean another one in the lab folder.
	if (state.shell.folder !== null && !selectIsRecording(state)) return [];
	const {commands} = parseShellLine(run.commandLine, run.isTyped ? state.dialect : 'sh');
	return commands.flatMap(({words}) => {
		const docker = parseDockerCommand(words);
		if (!docker || verbs[docker.verb]?.isReadOnly || ['ps', 'logs', 'port'].includes(docker.verb)) return [];
		const argv = ['docker', ...words.slice(words[0] === 'sudo' ? 2 : 1)];
		const fits = argv.length <= answerLimits.words && argv.every(word => word.length <= answerLimits.word);
		return fits ? [argv] : [];
	});
};
