import {messages} from '../../messages/index.js';
import {judgeAnswer, readNumber} from '../../workshop/questions.js';
import {draftAnswer, selectAsking, selectDraft} from '../asking.js';
import {openLine} from '../command-line.js';
import {selectStep} from '../select.js';
import type {Store} from '../store.js';
import {type FeatureTable, isCovered, isOnStep} from './feature.js';
import type {Navigation} from './navigation.js';

/** Answers the questions of steps, and predicts what their runs will do. */
export const answerFeatures = {
	/** Ticks an option, or removes its tick. `place`: its number, from 1. */
	tick: {
		isPossible: state => isOnStep(state) && (selectAsking(state)?.options.length ?? 0) > 0,
		perform({store: {getState, dispatch}}, {place}: {place: number}) {
			const {stepId} = getState();
			const asking = selectAsking(getState());
			const option = asking?.options[place - 1];
			if (!asking || option === undefined) return;
			const {kind, given, isSingle} = asking;
			// Another answer may differ from the last one in a single tick; where only one is right, it replaces it.
			const before = kind === 'question' && isSingle ? selectDraft(getState()) : given;
			const others = before.filter(one => one !== option);
			const isRemoved = others.length < before.length;
			const ticked = isRemoved ? others : [...(isSingle ? [] : others), option];
			if (kind === 'question') dispatch(draftAnswer.set({stepId, ticked}));
			else dispatch({action: 'predict', stepId, given: ticked});
		},
	},
	/** Opens a line for an answer that is typed. */
	'type-answer': {
		isPossible: state => isOnStep(state) && selectAsking(state)?.options.length === 0,
		perform({store: {dispatch}}) {
			dispatch({action: 'set', values: {commandLine: {...openLine(''), isAnswer: true}, notice: null}});
		},
	},
	/** Answers with what is ticked or was typed. `text`: the answer to type; null: the content of the open line. */
	'give-answer': {
		isPossible: state =>
			state.screen === 'step' &&
			!isCovered(state) &&
			(selectDraft(state).length > 0 || selectAsking(state)?.options.length === 0),
		perform({store}, {text}: {text: string | null}) {
			const {commandLine} = store.getState();
			const given = selectDraft(store.getState());
			if (given.length > 0) giveAnswer(store, given);
			else giveTyped(store, (text ?? commandLine?.text ?? '').trim());
		},
	},
	/** Goes on without an answer. The step counts as done, and as not answered. */
	'leave-unanswered': {
		isPossible: state =>
			isOnStep(state) && selectStep(state).kind === 'question' && !state.passed[state.stepId],
		perform({store, navigation}) {
			pass(store, 'not-answered');
			navigation.forward();
		},
	},
} satisfies FeatureTable<{navigation: Navigation}>;

const giveTyped = (store: Store, text: string): void => {
	const {dispatch, getState} = store;
	const {id, predict, question} = selectStep(getState());
	dispatch({action: 'set', values: {commandLine: null}});
	if (text === '') return;
	const wantsNumber = question?.asks === 'text' ? typeof question.is === 'number' : predict !== null;
	if (wantsNumber && readNumber(text) === null)
		dispatch({action: 'show-notice', notice: messages.session.question.noNumber(text)});
	else if (question) giveAnswer(store, [text]);
	else dispatch({action: 'predict', stepId: id, given: [String(readNumber(text))]});
};

const giveAnswer = (store: Store, given: string[]): void => {
	const {question, id} = selectStep(store.getState());
	if (!question) return;
	const {isRight} = judgeAnswer(question, given);
	store.dispatch(draftAnswer.set(null));
	store.dispatch({action: 'answer-question', stepId: id, given, isRight});
	pass(store, 'answered');
};

/** Passes the shown step. Both right and wrong answers do: a question teaches, and never holds anybody up. */
const pass = ({dispatch, getState}: Store, finding: 'answered' | 'not-answered'): void => {
	const {answered, notAnswered} = messages.session.question;
	const reason = finding === 'answered' ? answered : notAnswered;
	dispatch({
		action: 'judge-step',
		stepId: getState().stepId,
		verdict: {verdict: 'passed', finding, reason, next: null, evidence: null},
		at: new Date().toISOString(),
	});
};
