import type {Verdict} from '../checks/model.js';
import type {DoctorFinding} from '../doctor/registry.js';
import type {Build, Builder, Stage} from '../stages/model.js';
import type {Dialect, Step, Workshop} from '../workshop/model.js';
import type {CommandLine} from './command-line.js';
import type {Effort, GivenAnswer, PassedStep} from './passed-steps.js';
import type {BuildSource} from './plan/build-plan.js';
import type {DockerfilePlan} from './plan/dockerfile-plan.js';
import type {EngineIdentity, Outcome} from './ports.js';

/** The state of the connection to the engine, for which the session does not wait. */
export type EngineState =
	| {status: 'connecting'}
	| {status: 'ready'; identity: EngineIdentity}
	/** `isSlow`: something timed out and may answer the next time. */
	| {status: 'missing'; reason: string; next: string | null; isSlow: boolean};

/** The sizes and IDs of the images that a step compares, in its order; null for missing images. */
export type Comparison = Array<
	{image: string; id: string; bytes: number} | {image: string; id: null; bytes: null}
>;

/** The latest run of a step, as its pane shows it. */
export type RunView = {
	runId: string;
	stepId: string;
	/** As typed by the learner; a step's own command in POSIX syntax, with values filled in. */
	commandLine: string;
	/** Whether the learner typed it, in their dialect; otherwise it is the step's own. */
	isTyped: boolean;
	/** Whether it used the terminal directly, so that its output is unknown. */
	hadTerminal: boolean;
	/** The input of a build, read when it began; null for commands other than builds. */
	source: BuildSource | null;
	/** Null for commands other than builds. */
	builder: Builder | null;
	phase: 'running' | 'cancelling' | 'judging' | 'over';
	/** Milliseconds since 1970. */
	startedAt: number;
	/** Null during the run. */
	outcome: Outcome | null;
	/** Null for commands other than builds. */
	build: Build | null;
	/** For commands other than builds: the last 500 lines of both streams, cleaned. */
	output: {lines: string[]; lineCount: number};
	verdict: Verdict | null;
	comparison: Comparison | null;
};

/** A question to the learner. Enter takes the first choice. */
export type Question = {
	title: string;
	lines: string[];
	/** The changed lines of the file in question. */
	changed?: ChangedLine[];
	choices: Array<{key: string; label: string; answer: string}>;
};

/** Two choices, of which enter takes `yes`. The labels say what each does. */
export const yesOrNo = (yes: string, no: string): Question['choices'] => [
	{key: 'y', label: yes, answer: 'yes'},
	{key: 'n', label: no, answer: 'no'},
];

/** The changes that settings typed so far make to the lines that follow. */
export type ShellState = {
	/** Absolute; null for the lab folder. */
	folder: string | null;
	/** Null: unset. */
	variables: Record<string, string | null>;
	/** The builder that `DOCKER_BUILDKIT` selects; null if the toggle or a step has selected one since. */
	builder: Builder | null;
};

export type SessionState = {
	workshop: Workshop;
	dialect: Dialect;
	/** Absolute. */
	labFolder: string;
	/** `build`: a build of the user's own, outside of any workshop. */
	screen: 'welcome' | 'step' | 'build' | 'end';
	/** The name of the page that lies over the screen; null if none. */
	overlay: string | null;
	/** The line in which the learner types a command; null if it is closed. */
	commandLine: CommandLine | null;
	/** The slices of single features, by name. */
	slices: Record<string, unknown>;
	/** Earlier typed lines, newest last. */
	history: string[];
	shell: ShellState;
	question: Question | null;
	/** The shown step. */
	stepId: string;
	/** The selected builder. */
	builder: Builder;
	engine: EngineState;
	/**
	 * The recording's controls; null if commands really run. `pace`: the playback speed, as a multiple of the recorded
	 * one.
	 */
	replay: {pace: number; engines: string[]} | null;
	findings: DoctorFinding[];
	/** The plans of steps that build something, by step; read when the step is shown and when it runs. */
	plans: Record<string, DockerfilePlan>;
	/** The latest run of each step; kept when another step is shown. */
	runs: Record<string, RunView>;
	/** The last builds without the cache, by Dockerfile and target. */
	timelines: Record<string, TimelinePair>;
	/** What the learner expects of the runs, by step: stages, images, lines, or one number. */
	predictions: Record<string, string[]>;
	/** The answers to questions, by step. */
	answers: Record<string, GivenAnswer>;
	/** The step whose command is running. */
	runningStepId: string | null;
	/** The passed steps. A later failure does not remove one. */
	passed: Record<string, PassedStep>;
	/** The verdict that passed each step in this session, and its run; null if nothing ran. */
	passes: Record<
		string,
		{verdict: Verdict; run: RunView | null /** The hints revealed before. */; revealed: number}
	>;
	/** The number of revealed hints by step, plus one if the solution is revealed. */
	hints: Record<string, number>;
	/** The findings whose own hint is revealed, by step. `behind`: the number of general hints revealed before it. */
	hintsFor: Record<string, Array<{finding: string; behind: number}>>;
	/** What went into each step that was shown, without the time since `shownSince`. */
	efforts: Record<string, Effort>;
	/** The step whose time is being counted, and since when, in milliseconds on a monotonic clock; null if none. */
	shownSince: {stepId: string; at: number} | null;
	/** The steps that have begun: what they begin with was put in place. */
	begun: Record<string, true>;
	captured: Record<string, string>;
	/** The latest verdict of each watched challenge. */
	challenges: Record<string, Verdict>;
	/** The challenges for which something was run or changed in this session. */
	tried: Record<string, true>;
	/** One sentence for the learner, until the next action; null if none. */
	notice: string | null;
	/** Whether the notice reports a success. */
	isGoodNews: boolean;
	/** Whether progress is not saved, e.g. because another copy of the program saves it. */
	readOnly: boolean;
	/** The lint problems of the workshop's files; null unless its author watches them. */
	authoring: {problems: string[]; isStale: boolean /** Whether the pages are older than the files. */} | null;
	/** Set once to end the program. `summary`: the lines left in the scrollback. */
	ending: {summary: string[]} | null;
};

/** A line that a save removed (`-`) or added (`+`). `line`: its number, from 1, in the version that has it. */
export type ChangedLine = {sign: '+' | '-'; line: number; text: string};

/** Creates the state before the engine and the progress are known. */
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
		answers: {},
		runningStepId: null,
		passed: {},
		passes: {},
		hints: {},
		hintsFor: {},
		efforts: {},
		shownSince: null,
		begun: {},
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

/** The ID of a run that starts now. `name`: its recording's. It begins with the time, so that IDs sort by age. */
export const createRunId = (name: string, now = new Date()): string =>
	`${now.toISOString().replaceAll(/[:.]/g, '-')}-${name}`;

/** Creates the view of a run before it starts. `name`: of its recording; several runs of a step may begin at once. */
export const createRunView = (
	step: Step,
	commandLine: string,
	{isTyped = false, name = step.id}: {isTyped?: boolean; name?: string | undefined} = {},
): RunView => {
	const now = new Date();
	return {
		runId: createRunId(name, now),
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

/** The stages of one build on a common time axis. */
export type Timeline = {
	runId: string;
	/** Null if unknown. */
	builder: Builder | null;
	/** The duration of the whole command. */
	seconds: number;
	stages: StageTime[];
};

/** Each builder's last build of one Dockerfile and target without the cache. */
export type TimelinePair = {
	dockerfile: string;
	target: string;
	/** The content of the Dockerfile. When it changes, earlier times can no longer be compared. */
	text: string | null;
	legacy: Timeline | null;
	buildkit: Timeline | null;
};
