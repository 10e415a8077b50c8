import type {RunFact, Verdict} from '../checks/model.js';
import type {DoctorFinding} from '../doctor/registry.js';
import type {Ledger} from '../ownership/ledger.js';
import type {Workshop} from '../workshop/model.js';
import type {
	Classroom,
	Cleaner,
	Engine,
	History,
	LabFolder,
	LineLogs,
	ProgressStore,
	Replay,
	Runner,
} from './ports.js';
import {selectIsRecording} from './select.js';
import type {Question, RunView, SessionState} from './state.js';
import type {TerminalHandover} from './terminal-handover.js';

/** The dependencies of a run. */
export type RunContext = Pick<Backend, 'runner' | 'engine' | 'ledger' | 'cleaner' | 'lineLogs' | 'replay'> & {
	workshop: Workshop;
	lab: LabFolder;
	/** The environment that commands inherit. */
	environment: Record<string, string>;
	/** The values that earlier steps have captured, by name. */
	captured: Record<string, string>;
	handover: TerminalHandover;
	/**
	 * Called before each command, and before files are put in the lab folder. Throws a `UserError` unless the workshop's
	 * current files may run.
	 */
	demandConsent(): void;
	/** Resolves with one of the question's answers. */
	ask(question: Question): Promise<string>;
	/** Called after each change of the run's view. */
	onView(view: RunView): void;
	signal: AbortSignal;
};

/** The result of a step. */
export type StepResult = {
	view: RunView;
	verdict: Verdict;
	captured: Record<string, string>;
	/** Null if no command ran. */
	run: RunFact | null;
	/** One sentence for the learner. */
	notice?: string | null;
};

/** The result of a typed line. */
export type LineResult = Omit<StepResult, 'verdict'> & {
	/** Null if the line does not do what the step asks for. */
	verdict: Verdict | null;
};

/** Shows a finished run with its verdict, and returns its result. */
export const concludeRun = <Judged extends Verdict | null>(
	view: RunView,
	{verdict, ...result}: {verdict: Judged} & Partial<Pick<StepResult, 'captured' | 'run' | 'notice'>>,
	{onView}: Pick<RunContext, 'onView'>,
): Omit<StepResult, 'verdict'> & {verdict: Judged} => {
	const over: RunView = {...view, phase: 'over', verdict};
	onView(over);
	return {captured: {}, run: null, ...result, view: over, verdict};
};

/** The environment of a session: the learner's engine, or a recording of one. */
export type Backend = {
	runner: Runner;
	engine: Engine;
	ledger: Ledger;
	cleaner: Cleaner;
	progress: ProgressStore;
	lineLogs: LineLogs;
	/** The number of containers and images that interrupted runs of earlier sessions left. */
	countLeftovers(): number;
	/** Null if commands really run. */
	replay: Replay | null;
	/** Examines the machine. Calls back with each finding and resolves after the last. Never rejects. */
	examine(onFinding: (finding: DoctorFinding) => void): Promise<void>;
};

/** The dependencies of a session. */
export type SessionDependencies = {
	state: SessionState;
	backend: Backend;
	/** Offered if there is no engine; null if the workshop has no recordings. */
	recording: Backend | null;
	lab: LabFolder;
	/** The class that the learner has joined; null if none. */
	classroom: Classroom | null;
	/** Null if the workshop needs no consent. */
	consent: Consent | null;
	/** The environment that commands inherit. */
	environment: Record<string, string>;
	/** The lines typed in this and earlier sessions. */
	history: History;
	handover: TerminalHandover;
	/** The learner's editor with its arguments; null if there is none. */
	findEditor(environment: Record<string, string>): string[] | null;
	/** Suspends this program until the shell resumes it. */
	stopProgram(): void;
	/** The shipped solution of a challenge: its folder and its commands. */
	solutionOf(stepId: string): {overlay: string; commands: string[][]};
	/** Writes a report to a new file. Resolves with its path, or rejects with a `UserError`. */
	saveReport(state: SessionState): Promise<string>;
};

/** Returns the current backend: a session without an engine may switch to the recording. */
export type CurrentBackend = () => Backend;

/** The learner's consent to run a workshop's commands. */
export type Consent = {
	/**
	 * What prevents a run with the files as they are now: a question whose answer `yes` gives consent, or an obstacle in
	 * one sentence. Null if nothing does. `agree` returns a sentence if consent can't be saved.
	 */
	pending(): PendingConsent | null;
};

type PendingConsent = {question: Question; agree(): string | null} | {obstacle: string};

/** The consent that is missing now; null if none is, or if a recording plays. */
export const findPendingConsent = (state: SessionState, consent: Consent | null): PendingConsent | null =>
	selectIsRecording(state) ? null : (consent?.pending() ?? null);
