import type {Consent} from './consent.js';
import type {Lender} from './create-lender.js';
import type {History} from './history.js';
import type {LineLogs} from './perform/line-logs.js';
import type {Cleaner, Engine, LabFolder, Ledger, ProgressStore, Replay, Runner} from './ports.js';
import type {DoctorFinding, SessionState} from './state.js';

/** The outer world of a session: the learner's engine, or a recording of one. */
export type World = {
	runner: Runner;
	engine: Engine;
	ledger: Ledger;
	cleaner: Cleaner;
	progress: ProgressStore;
	lineLogs: LineLogs;
	/** Containers and images that runs of an earlier session left, whose program was ended in the middle of them. */
	leftBehind(): number;
	/** Null where commands run. */
	replay: Replay | null;
	/** Looks at the machine; calls back with each finding as it comes, and resolves after the last. Never rejects. */
	examine(onFinding: (finding: DoctorFinding) => void): Promise<void>;
};

/** What a session is made of. */
export type SessionParts = {
	state: SessionState;
	world: World;
	/** Offered when there is no engine; null when the workshop has no recordings. */
	recording: World | null;
	lab: LabFolder;
	/** Null: nobody has to agree to what the workshop runs. */
	consent: Consent | null;
	/** What commands inherit. */
	environment: Record<string, string>;
	/** The lines that learners typed, in this session and before. */
	history: History;
	lender: Lender;
	/** The learner's editor with its arguments; null when there is none. */
	findEditor(environment: Record<string, string>): string[] | null;
	/** Stops this program until the shell continues it. */
	stopProgram(): void;
	/** A challenge's shipped solution: the folder of its files, and its commands. */
	solutionOf(stepId: string): {overlay: string; commands: string[][]};
	/** Writes what was done and learnt to a new file, and resolves with it; rejects with a `UserError`. */
	saveReport(state: SessionState): Promise<string>;
};

/** The world as it is now: a session without an engine may go over to the recording. */
export type CurrentWorld = () => World;
