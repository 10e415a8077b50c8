import type {RunFact, Verdict} from '../checks/model.js';
import type {Workshop} from '../workshop/model.js';
import type {Lender} from './create-lender.js';
import type {LineLogs} from './perform/line-logs.js';
import type {Cleaner, Engine, LabFolder, Ledger, Replay, Runner} from './ports.js';
import type {Question, RunView} from './state.js';

/** Everything a step needs of the world. */
export type Conduct = {
	workshop: Workshop;
	runner: Runner;
	engine: Engine;
	ledger: Ledger;
	cleaner: Cleaner;
	lab: LabFolder;
	lineLogs: LineLogs;
	/** Null where commands run. */
	replay: Replay | null;
	/** What commands inherit. */
	environment: Record<string, string>;
	lender: Lender;
	/** Before each command and before files are put into the lab folder: throws a `UserError` when the files of the workshop are not those that may run. */
	demandConsent(): void;
	/** Resolves with one of the answers of the question. */
	ask(question: Question): Promise<string>;
	/** After each change of the run's view. */
	onView(view: RunView): void;
	signal: AbortSignal;
};

/** What a performed step leaves for the session. */
export type Performed = {
	view: RunView;
	verdict: Verdict;
	captured: Record<string, string>;
	/** Null when no command ran. */
	run: RunFact | null;
	/** One sentence for the learner. */
	notice?: string | null;
};

/** What a line of the learner's own leaves for the session. */
export type Tried = Omit<Performed, 'verdict'> & {
	/** Null when it was something else than the step asks for. */
	verdict: Verdict | null;
};
