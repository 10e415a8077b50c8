import type {ClassMessage, MessageContent} from '../../classroom/protocol.js';
import {messages} from '../../messages/index.js';
import type {Step} from '../../workshop/model.js';
import type {ClassPresence, Classroom, SeatFacts} from '../ports.js';
import {selectSteps} from '../select.js';
import {type ClassView, classView, selectMayRaiseHand, selectOffers, selectPace} from '../select-class.js';
import {selectSeatState} from '../select-seat-state.js';
import type {Store} from '../store.js';
import type {FeatureTable} from './feature.js';

/** Notes that are kept; a hub that sends more pushes out the oldest. */
const maxNotes = 50;

export type ClassFeature = ReturnType<typeof createClassFeature>;

/** Connects a session with its class. `classroom`: null if none was joined, so that nothing of this exists. */
export const createClassFeature = (store: Store, classroom: Classroom | null) => {
	const {getState, dispatch, subscribe} = store;
	let noteNumber = 0;
	const change = (part: Partial<ClassView>): void => {
		const view = classView.of(getState());
		if (view) dispatch(classView.set({...view, ...part}));
	};
	const tell = (text: string, isQuote = false): void => {
		const {notes} = classView.of(getState()) ?? {notes: []};
		change({notes: [...notes, {number: ++noteNumber, isQuote, text}].slice(-maxNotes)});
	};
	const countdown = createCountdown(change, () => tell(messages.session.class.timeIsUp));

	/** The pace for which the extra challenges were offered. */
	let offeredAt: string | null = null;
	const offerExtras = (): void => {
		const pace = selectPace(getState());
		if (!pace || pace.chapter.id === offeredAt) return;
		const offers = selectOffers(getState());
		if (offers.length === 0) return;
		offeredAt = pace.chapter.id;
		const titles = offers.slice(0, 2).map(({title}) => title);
		tell(messages.session.class.ahead(pace.chapter.title, titles));
	};
	const release = ({step: id, what, level, finding}: Release, isNew: boolean): void => {
		const step = selectSteps(getState()).find(one => one.id === id);
		if (!step || !reveal(step, {what, level, finding}, store) || !isNew) return;
		const {hintReleased, solutionReleased} = messages.session.class;
		tell((what === 'hint' ? hintReleased : solutionReleased)(step.title));
	};
	const onMessage = (message: ClassMessage, isNew: boolean): void => {
		const {workshop} = getState();
		switch (message.kind) {
			case 'say':
				if (isNew) tell(message.text, true);
				break;
			case 'pace':
				if (message.workshop === workshop.id) change({pace: message.chapter});
				break;
			case 'release':
				if (message.workshop === workshop.id) release(message, isNew);
				break;
			case 'countdown':
				countdown.start(message.seconds);
				break;
			case 'hand-lowered':
				if (isNew) change({isHandUp: false});
				break;
			case 'end':
				change({pace: null});
				countdown.start(0);
				break;
		}
	};
	const onPresence = (presence: ClassPresence): void => {
		if (classView.of(getState())?.presence === presence) return;
		const isEnd = presence === 'over' || presence === 'left' || presence === 'elsewhere';
		change({presence, ...(isEnd && {isHandUp: false})});
		if (isEnd) tell(messages.session.class.ends[presence]);
	};
	if (classroom) {
		const {title} = classroom;
		dispatch(
			classView.set({
				title,
				presence: 'joining',
				isHandUp: false,
				pace: null,
				minutesLeft: null,
				notes: [],
			}),
		);
	}
	return {
		/** Connects in the background. Called after the first frame. */
		begin(): void {
			if (!classroom) return;
			const select = (facts: SeatFacts) => selectSeatState(getState(), {...facts, at: performance.now()});
			classroom.open(select, {onPresence, onMessage});
			subscribe(() => {
				offerExtras();
				classroom.note();
			});
		},
		toggleHand: (): void => change({isHandUp: !classView.of(getState())?.isHandUp}),
		/** Forgets the oldest note. */
		dismiss: (): void => change({notes: classView.of(getState())?.notes.slice(1) ?? []}),
		stop: (): void => countdown.stop(),
	};
};

type Release = Extract<MessageContent, {kind: 'release'}>;

/**
 * Reveals what was released of a step, as far as the learner's own workshop has it: the finding's own hint, or the
 * general ones up to a level. Of a solution, all hints: the learner takes it with the next key, or does not. Returns
 * whether anything was released that exists.
 */
const reveal = (
	{id, hints, fittingHints, solution}: Step,
	{what, level, finding}: Pick<Release, 'what' | 'level' | 'finding'>,
	{getState, dispatch}: Store,
): boolean => {
	if (what === 'hint' && finding !== null) {
		const hint = fittingHints.find(({findings}) => findings.includes(finding));
		const known = getState().hintsFor[id] ?? [];
		const isKnown = known.some(one => hint?.findings.includes(one.finding));
		if (hint && !isKnown) dispatch({action: 'reveal-hint', stepId: id, finding});
		return hint !== undefined;
	}
	const wanted = what === 'solution' ? hints.length : Math.min(level, hints.length);
	for (let known = getState().hints[id] ?? 0; known < wanted; known++)
		dispatch({action: 'reveal-hint', stepId: id, finding: null});
	return what === 'solution' ? solution !== null || hints.length > 0 : wanted > 0;
};

const minuteMs = 60_000;

/** Counts minutes down, on a monotonic clock. `onEnd`: called when none is left. */
const createCountdown = (change: (part: Pick<ClassView, 'minutesLeft'>) => void, onEnd: () => void) => {
	let timer: NodeJS.Timeout | undefined;
	const show = (endsAt: number): void => {
		const left = endsAt - performance.now();
		const minutesLeft = Math.ceil(left / minuteMs);
		if (left <= 0) {
			change({minutesLeft: null});
			onEnd();
			return;
		}
		change({minutesLeft});
		timer = setTimeout(show, left - (minutesLeft - 1) * minuteMs, endsAt).unref();
	};
	return {
		/** `seconds`: 0 ends it without a word. */
		start(seconds: number): void {
			clearTimeout(timer);
			if (seconds > 0) show(performance.now() + seconds * 1000);
			else change({minutesLeft: null});
		},
		stop: (): void => clearTimeout(timer),
	};
};

/** What a learner can do in a class. */
export const classFeatures = {
	/** Raises the hand, or lowers it. */
	'toggle-hand': {
		isPossible: state => selectMayRaiseHand(state) && !state.question && !state.commandLine,
		perform: ({classroom}) => classroom.toggleHand(),
	},
	/** Dismisses the note that is shown. */
	'dismiss-note': {
		isPossible: state =>
			(classView.of(state)?.notes.length ?? 0) > 0 && !state.question && !state.commandLine,
		perform: ({classroom}) => classroom.dismiss(),
	},
} satisfies FeatureTable<{classroom: ClassFeature}>;
