import type {Prompt} from '../prompt.js';
import type {CurrentBackend, SessionDependencies} from '../run-context.js';
import type {SessionState} from '../state.js';
import type {StepRunner} from '../step-runner.js';
import type {Store} from '../store.js';

/** The parts of an open session that every feature may use. */
export type FeatureBasis = {
	store: Store;
	dependencies: SessionDependencies;
	backend: CurrentBackend;
	prompt: Prompt;
	/** Asks for consent before it runs anything. */
	stepRunner: StepRunner;
};

/**
 * Something that a learner can do. `Own`: what it needs beyond `FeatureBasis`; `details`: the intent without its name.
 */
export type Feature<Own = unknown> = {
	/** Whether it can be done now; the footer shows only those features. */
	isPossible(state: SessionState): boolean;
	perform(context: FeatureBasis & Own, details: never): void;
};

/** Features by the name of their intent. */
export type FeatureTable<Own = unknown> = Record<string, Feature<Own>>;

export const isIdle = ({runningStepId}: SessionState): boolean => runningStepId === null;

/** Whether an overlay or a question hides the screen. */
export const isCovered = ({overlay, question}: SessionState): boolean =>
	overlay !== null || question !== null;

/** Whether a step is shown and receives the keys. */
export const isOnStep = (state: SessionState): boolean =>
	state.screen === 'step' && !isCovered(state) && !state.commandLine;
