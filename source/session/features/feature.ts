import type {Prompt} from '../prompt.js';
import type {CurrentBackend, SessionDependencies} from '../run-context.js';
import type {SessionState} from '../state.js';
import type {StepRunner} from '../step-runner.js';
import type {Store} from '../store.js';

/** What every feature may use of an open session. */
export type FeatureBasis = {
	store: Store;
	dependencies: SessionDependencies;
	backend: CurrentBackend;
	prompt: Prompt;
	/** Asks for consent before it runs anything. */
	stepRunner: StepRunner;
};

/** Something that a learner can do. `Own`: what it uses besides. `details`: what the intent carries besides its name. */
export type Feature<Own = unknown> = {
	/** Whether it can be done now: the footer shows those that can. */
	isPossible(state: SessionState): boolean;
	perform(context: FeatureBasis & Own, details: never): void;
};

/** By the name of the intent that asks for it. */
export type FeatureTable<Own = unknown> = Record<string, Feature<Own>>;

export const isIdle = ({runningStepId}: SessionState): boolean => runningStepId === null;

/** Whether an overlay or a question hides the screen. */
export const isCovered = ({overlay, question}: SessionState): boolean =>
	overlay !== null || question !== null;

/** Whether a step is shown, and the keys are for it. */
export const isOnStep = (state: SessionState): boolean =>
	state.screen === 'step' && !isCovered(state) && !state.commandLine;
