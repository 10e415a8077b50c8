import type {Verdict} from '../checks/model.js';
import type {DoctorFinding} from '../doctor/registry.js';
import type {Build, Builder, Stage} from '../stages/model.js';
import type {Dialect, Step, Workshop} from '../workshop/model.js';
import type {CommandLine} from './command-line.js';
import type {PassedStep} from './passed-steps.js';
import type {BuildSource} from './plan/build-plan.js';
import type {DockerfilePlan} from './plan/dockerfile-plan.js';
import type {EngineIdentity, Outcome} from './ports.js';

/** The engine, as far as it is known: the session starts without waiting for it. */
export type EngineState =
	| {status: 'connecting'}
	| {status: 'ready'; identity: EngineIdentity}
	/** `isSlow`: something did not answer in time; it may the next time. */
	| {status: 'missing'; reason: string; next: string | null; isSlow: boolean};

/** Sizes and IDs of the images that a step compares, in its order; null where there is none of that name. */
export type Comparison = Array<
	{image: string; id: string; bytes: number} | {image: string; id: null; bytes: null}
>;

/** The latest run of one step, as its pane shows it. */
export type RunView = {
	runId: string;
	stepId: string;
	/** As the learner typed it; a step's own in POSIX, placeholders filled. */
	commandLine: string;
	/** The learner typed it, in the dialect shown; otherwise it is the step's own. */
	isTyped: boolean;
	/** It had the terminal for itself: what it printed was not seen. */
	hadTerminal: boolean;
	/** What a build builds, read when it began; null for commands that are no build. */
	source: BuildSource | null;
	/** Null for commands that are no build. */
	builder: Builder | null;
	phase: 'running' | 'cancelling' | 'judging' | 'over';
	/** Milliseconds since 1970. */
	startedAt: number;
	/** Null while it runs. */
	outcome: Outcome | null;
	/** Null for commands that are no build. */
	build: Build | null;
	/** What a command that is no build printed: its last lines, both streams, at most 500, cleaned. */
	output: {lines: string[]; lineCount: number};
	verdict: Verdict | null;
	comparison: Comparison | null;
};

/** Something that only the learner can decide. Enter takes the first choice. */
export type Question = {
	title: string;
	lines: string[];
	/** The changed lines of the file that the question is about. */
	changed?: ChangedLine[];
	choices: Array<{key: string; label: string; answer: string}>;
};

/** The choices of a question to which `yes` is what enter answers; both labels say what happens. */
export const yesOrNo = (yes: string, no: string): Question['choices'] => [
	{key: 'y', label: yes, answer: 'yes'},
	{key: 'n', label: no, answer: 'no'},
];

export type Overlay = 'keys' | 'chapters' | 'doctor' | 'files';

/** What lines that only set something have changed for those that come. */
export type ShellState = {
	/** Absolute; null: the lab folder. */
	folder: string | null;
	/** Null: taken away. */
	variables: Record<string, string | null>;
	/** The one that `DOCKER_BUILDKIT` was set to; null when the toggle or a step has chosen since. */
	builder: Builder | null;
};

export type SessionState = {
	workshop: Workshop;
	dialect: Dialect;
	/** Absolute. */
	labFolder: string;
	screen: 'welcome' | 'step' | 'end';
	overlay: Overlay | null;
	/** The line in which the learner types a command; null when it is not open. */
	commandLine: CommandLine | null;
	/** What single features keep, by the names of their slices. */
	slices: Record<string, unknown>;
	/** Lines that were typed before, newest last. */
	history: string[];
	shell: ShellState;
	question: Question | null;
	/** The step that is shown. */
	stepId: string;
	/** The builder that was chosen for builds. */
	builder: Builder;
	engine: EngineState;
	/** How a recording plays; null where commands run. `pace`: times as fast as recorded. */
	replay: {pace: number; engines: string[]} | null;
	findings: DoctorFinding[];
	/** What each step builds, by step; read when the step is shown and when it runs. Steps that build nothing have none. */
	plans: Record<string, DockerfilePlan>;
	/** The latest run of each step: results stay while the learner pages. */
	runs: Record<string, RunView>;
	/** The last builds without the cache, by Dockerfile and target. */
	timelines: Record<string, TimelinePair>;
	/** The stages that the learner expects to run, by step. */
	predictions: Record<string, string[]>;
	/** The step whose command runs now. */
	runningStepId: string | null;
	/** A passed step stays passed. */
	passed: Record<string, PassedStep>;
	/** What passed each step in this session: the verdict, and the run that led to it; null when nothing ran here. */
	passes: Record<string, {verdict: Verdict; run: RunView | null}>;
	/** How many hints are revealed, by step; one more than there are hints: the solution too. */
	hints: Record<string, number>;
	/** The findings whose own hint is revealed, by step, and how many general hints were revealed before it. */
	hintsFor: Record<string, Array<{finding: string; behind: number}>>;
	captured: Record<string, string>;
	/** Today's verdict of each challenge that was watched. */
	challenges: Record<string, Verdict>;
	/** The challenges at which something was run or changed in this session. */
	tried: Record<string, true>;
	/** One sentence for the learner; the next action clears it. */
	notice: string | null;
	/** Whether the notice says that something went well. */
	isGoodNews: boolean;
	/** Another copy of the program keeps the progress. */
	readOnly: boolean;
	/** The lint problems of the files, while their author watches them; else null. */
	authoring: {problems: string[]; isStale: boolean /** The pages are older than the files. */} | null;
	/** Set once: the program ends and leaves this in the scrollback. */
	ending: {summary: string[]} | null;
};

/** A line that a save has taken out of a file or put in. `line`: its number, from 1, in the file that has it. */
export type ChangedLine = {sign: '+' | '-'; line: number; text: string};

/** The state before anything is known: no engine, no progress. */
export const createInitialState = (
	workshop: Workshop,
	{dialect, labFolder, builder}: Pick<SessionState, 'labFolder' | 'builder'> & {dialect: Dialect},
): SessionState => {
	return {
		workshop,
		dialect,
		labFolder,
		screen: 'welcome',
		overlay: null,
		commandLine: null,
		slices: {},
		history: [],
		shell: {folder: null, variables: {}, builder: null},
		question: null,
		stepId: workshop.chapters[0]?.steps[0]?.id ?? '',
		builder,
		replay: null,
		engine: {status: 'connecting'},
		findings: [],
		plans: {},
		runs: {},
		timelines: {},
		predictions: {},
		runningStepId: null,
		passed: {},
		passes: {},
		hints: {},
		hintsFor: {},
		captured: {},
		challenges: {},
		tried: {},
		notice: null,
		isGoodNews: false,
		readOnly: false,
		authoring: null,
		ending: null,
	};
};

/** The view of a run before anything happened. Run ids begin with the time, so that they sort by age. */
export const createRunView = (step: Step, commandLine: string, isTyped = false): RunView => {
	const now = new Date();
	return {
		runId: `${now.toISOString().replaceAll(/[:.]/g, '-')}-${step.id}`,
		stepId: step.id,
		commandLine,
		isTyped,
		hadTerminal: false,
		source: null,
		builder: null,
		phase: 'running',
		startedAt: now.getTime(),
		outcome: null,
		build: null,
		output: {lines: [], lineCount: 0},
		verdict: null,
		comparison: null,
	};
};

export type StageTime = Pick<Stage, 'name' | 'status' | 'reason' | 'seconds' | 'began' | 'ended'>;

/** The stages of one build on one time axis. */
export type Timeline = {
	runId: string;
	/** Null when it was not seen. */
	builder: Builder | null;
	/** Of the whole command. */
	seconds: number;
	stages: StageTime[];
};

/** The last build of one Dockerfile by each builder that took nothing from the cache. */
export type TimelinePair = {
	dockerfile: string;
	target: string;
	/** The Dockerfile that both have built: once it changes, earlier times can't be compared. */
	text: string | null;
	legacy: Timeline | null;
	buildkit: Timeline | null;
};
