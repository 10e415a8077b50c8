import {selectDraft} from './asking.js';
import {answerFeatures} from './features/answers.js';
import {type ClassFeature, classFeatures} from './features/classroom.js';
import {type EngineFeature, engineFeatures} from './features/engine.js';
import {exportFeatures} from './features/export.js';
import type {Feature, FeatureBasis} from './features/feature.js';
import {type FilesFeature, filesFeatures} from './features/files.js';
import {type Navigation, navigationFeatures, type Shutdown} from './features/navigation.js';
import {type ShellFeature, shellFeatures} from './features/shell.js';
import {stepFeatures} from './features/steps.js';
import {selectIsRunnable, selectStep, selectUnmetNeeds} from './select.js';
import type {SessionState} from './state.js';

/** All features, by the name of their intent. */
export const features = {
	...navigationFeatures,
	...stepFeatures,
	...filesFeatures,
	...shellFeatures,
	...exportFeatures,
	...engineFeatures,
	...classFeatures,
	...answerFeatures,
};

/** The parts of an open session that features use. */
export type FeatureContext = FeatureBasis & {
	navigation: Navigation;
	engine: EngineFeature;
	classroom: ClassFeature;
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

/** A request of the learner. `go-on`: the enter key, which does the most useful thing now. */
export type Intent = {intent: 'go-on'} | IntentOf<typeof features>;

/** Whether an intent can be performed now; the footer shows only those. */
export const isPossible = (state: SessionState, intent: Intent['intent']): boolean =>
	intent === 'go-on' ? selectPrimaryIntent(state) !== null : features[intent].isPossible(state);

/** The intent that enter performs now; null if none. */
export const selectPrimaryIntent = (state: SessionState): Intent | null => {
	if (state.question) {
		const [first] = state.question.choices;
		return first ? {intent: 'answer', answer: first.answer} : null;
	}
	if (state.overlay) return {intent: 'close-overlay'};
	if (state.commandLine) return null;
	if (state.screen === 'welcome') {
		if (state.engine.status !== 'missing') return {intent: 'next-step'};
		// A slow engine may have turned into a missing one just before enter was pressed.
		return {intent: state.engine.isSlow ? 'try-engine-again' : 'use-recording'};
	}
	if (state.screen === 'end') return {intent: 'quit'};
	const step = selectStep(state);
	if (state.runningStepId === step.id) return null;
	if (selectDraft(state).length > 0) return {intent: 'give-answer', text: null};
	if (state.passed[step.id]) return {intent: 'next-step'};
	const [need] = selectUnmetNeeds(state, step);
	if (need) return {intent: 'go-to-step', stepId: need.id};
	if (step.kind === 'question') return {intent: 'leave-unanswered'};
	if (step.kind === 'blank') return {intent: 'edit-command'};
	return selectIsRunnable(state, step) ? {intent: 'run'} : null;
};

/** Performs an intent if it is possible now. */
export const performIntent = (request: Intent, context: FeatureContext): void => {
	const state = context.store.getState();
	const intent = request.intent === 'go-on' ? selectPrimaryIntent(state) : request;
	if (!intent || intent.intent === 'go-on' || !isPossible(state, intent.intent)) return;
	const feature: Feature<FeatureContext> = features[intent.intent];
	feature.perform(context, intent as never);
};
