import type {RunFact, Verdict} from '../checks/model.js';
import type {DoctorFinding} from '../doctor/registry.js';
import type {Ledger} from '../ownership/ledger.js';
import type {Workshop} from '../workshop/model.js';
import type {Cleaner, Engine, History, LabFolder, LineLogs, ProgressStore, Replay, Runner} from './ports.js';
import {selectIsRecording} from './select.js';
import type {Question, RunView, SessionState} from './state.js';
import type {TerminalHandover} from './terminal-handover.js';

/** What a run of a step or of a typed line needs. */
export type RunContext = Pick<Backend, 'runner' | 'engine' | 'ledger' | 'cleaner' | 'lineLogs' | 'replay'> & {
	workshop: Workshop;
	lab: LabFolder;
	/** What commands inherit. */
	environment: Record<string, string>;
	handover: TerminalHandover;
	/** Before each command and before files are put into the lab folder: throws a `UserError` when the files of the workshop are not those that may run. */
	demandConsent(): void;
	/** Resolves with one of the answers of the question. */
	ask(question: Question): Promise<string>;
	/** After each change of the run's view. */
	onView(view: RunView): void;
	signal: AbortSignal;
};

/** What a performed step leaves for the session. */
export type StepResult = {
	view: RunView;
	verdict: Verdict;
	captured: Record<string, string>;
	/** Null when no command ran. */
	run: RunFact | null;
	/** One sentence for the learner. */
	notice?: string | null;
};

/** What a line of the learner's own leaves for the session. */
export type LineResult = Omit<StepResult, 'verdict'> & {
	/** Null when it was something else than the step asks for. */
	verdict: Verdict | null;
};

/** Shows a run that is over with its verdict, and returns what it leaves. */
export const concludeRun = <Judged extends Verdict | null>(
	view: RunView,
	{verdict, ...result}: {verdict: Judged} & Partial<Pick<StepResult, 'captured' | 'run' | 'notice'>>,
	{onView}: Pick<RunContext, 'onView'>,
): Omit<StepResult, 'verdict'> & {verdict: Judged} => {
	const over: RunView = {...view, phase: 'over', verdict};
	onView(over);
	return {captured: {}, run: null, ...result, view: over, verdict};
};

/** The outer world of a session: the learner's engine, or a recording of one. */
export type Backend = {
	runner: Runner;
	engine: Engine;
	ledger: Ledger;
	cleaner: Cleaner;
	progress: ProgressStore;
	lineLogs: LineLogs;
	/** How many containers and images the interrupted runs of an earlier session left. */
	countLeftovers(): number;
	/** Null where commands run. */
	replay: Replay | null;
	/** Looks at the machine; calls back with each finding as it comes, and resolves after the last. Never rejects. */
	examine(onFinding: (finding: DoctorFinding) => void): Promise<void>;
};

/** What a session is made of. */
export type SessionDependencies = {
	state: SessionState;
	backend: Backend;
	/** Offered when there is no engine; null when the workshop has no recordings. */
	recording: Backend | null;
	lab: LabFolder;
	/** Null: the workshop needs no consent. */
	consent: Consent | null;
	/** What commands inherit. */
	environment: Record<string, string>;
	/** The lines that learners typed, in this session and before. */
	history: History;
	handover: TerminalHandover;
	/** The learner's editor with its arguments; null when there is none. */
	findEditor(environment: Record<string, string>): string[] | null;
	/** Stops this program until the shell continues it. */
	stopProgram(): void;
	/** A challenge's shipped solution: the folder of its files, and its commands. */
	solutionOf(stepId: string): {overlay: string; commands: string[][]};
	/** Writes a report to a new file, and resolves with its path; rejects with a `UserError`. */
	saveReport(state: SessionState): Promise<string>;
};

/** The world as it is now: a session without an engine may go over to the recording. */
export type CurrentBackend = () => Backend;

/** Whether what a workshop's files say may run. */
export type Consent = {
	/**
	 * What prevents a run, with the files as they are now: a question whose answer `yes` is consent, or a sentence. Null
	 * when nothing does. `agree` returns a sentence when consent can't be kept for the next start.
	 */
	pending(): PendingConsent | null;
};

type PendingConsent = {question: Question; agree(): string | null} | {obstacle: string};

/** The consent that is missing now; null when nothing is, or when a recording plays. */
export const findPendingConsent = (state: SessionState, consent: Consent | null): PendingConsent | null =>
	selectIsRecording(state) ? null : (consent?.pending() ?? null);
