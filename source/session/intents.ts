import {type EngineFeature, engineFeatures} from './features/engine.js';
import {exportFeatures} from './features/export.js';
import type {Feature, FeatureBasis} from './features/feature.js';
import {type FilesFeature, filesFeatures} from './features/files.js';
import {type Navigation, navigationFeatures, type Shutdown} from './features/navigation.js';
import {type ShellFeature, shellFeatures} from './features/shell.js';
import {stepFeatures} from './features/steps.js';
import {selectIsRunnable, selectStep, selectUnmetNeeds} from './select.js';
import type {SessionState} from './state.js';

/** Everything that learners can do. */
export const features = {
	...navigationFeatures,
	...stepFeatures,
	...filesFeatures,
	...shellFeatures,
	...exportFeatures,
	...engineFeatures,
};

/** An open session, as its features see it. */
export type FeatureContext = FeatureBasis & {
	navigation: Navigation;
	engine: EngineFeature;
	files: FilesFeature;
	shell: ShellFeature;
	shutdown: Shutdown;
};

type IntentOf<Table> = {
	[Name in keyof Table]: Table[Name] extends {
		perform(context: FeatureContext, details: infer Details): void;
	}
		? {intent: Name} & Details
		: never;
}[keyof Table];

/** What a learner asks for. `go-on` is the enter key: what makes most sense now. */
export type Intent = {intent: 'go-on'} | IntentOf<typeof features>;

/** Whether an intent can be carried out now: the footer shows those that can. */
export const isPossible = (state: SessionState, intent: Intent['intent']): boolean =>
	intent === 'go-on' ? selectPrimaryIntent(state) !== null : features[intent].isPossible(state);

/** What enter does now. */
export const selectPrimaryIntent = (state: SessionState): Intent | null => {
	if (state.question) {
		const [first] = state.question.choices;
		return first ? {intent: 'answer', answer: first.answer} : null;
	}
	if (state.overlay) return {intent: 'close-overlay'};
	if (state.commandLine) return null;
	if (state.screen === 'welcome') {
		if (state.engine.status !== 'missing') return {intent: 'next-step'};
		// What was slow may have become a missing engine just before enter was pressed.
		return {intent: state.engine.isSlow ? 'try-engine-again' : 'use-recording'};
	}
	if (state.screen === 'end') return {intent: 'quit'};
	const step = selectStep(state);
	if (state.runningStepId === step.id) return null;
	if (state.passed[step.id]) return {intent: 'next-step'};
	const [need] = selectUnmetNeeds(state, step);
	if (need) return {intent: 'go-to-step', stepId: need.id};
	return selectIsRunnable(state, step) ? {intent: 'run'} : null;
};

/** Carries out what a learner asks for, when it is possible now. */
export const performIntent = (request: Intent, context: FeatureContext): void => {
	const state = context.store.getState();
	const intent = request.intent === 'go-on' ? selectPrimaryIntent(state) : request;
	if (!intent || intent.intent === 'go-on' || !isPossible(state, intent.intent)) return;
	const feature: Feature<FeatureContext> = features[intent.intent];
	feature.perform(context, intent as never);
};
