import type {Prompt} from '../prompt.js';
import type {CurrentBackend, SessionDependencies} from '../run-context.js';
import type {SessionState} from '../state.js';
import type {StepRunner} from '../step-runner.js';
import type {Store} from '../store.js';
import type {EngineFeature} from './engine.js';
import type {FilesFeature} from './files.js';
import type {Navigation, Shutdown} from './navigation.js';
import type {ShellFeature} from './shell.js';

/** An open session, as the features see it. */
export type FeatureContext = {
	store: Store;
	dependencies: SessionDependencies;
	backend: CurrentBackend;
	prompt: Prompt;
	navigation: Navigation;
	/** Asks for consent before it runs anything. */
	stepRunner: StepRunner;
	engine: EngineFeature;
	files: FilesFeature;
	shell: ShellFeature;
	shutdown: Shutdown;
};

/** Something that a learner can do. `details`: what the intent carries besides its name. */
export type Feature = {
	/** Whether it can be done now: the footer shows those that can. */
	isPossible(state: SessionState): boolean;
	perform(context: FeatureContext, details: never): void;
};

/** By the name of the intent that asks for it. */
export type FeatureTable = Record<string, Feature>;

export const isIdle = ({runningStepId}: SessionState): boolean => runningStepId === null;

/** Whether an overlay or a question hides the screen. */
export const isCovered = ({overlay, question}: SessionState): boolean =>
	overlay !== null || question !== null;

/** Whether a step is shown, and the keys are for it. */
export const isOnStep = (state: SessionState): boolean =>
	state.screen === 'step' && !isCovered(state) && !state.commandLine;
