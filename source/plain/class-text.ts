import {messages} from '../messages/index.js';
import {type ClassView, classView, selectPace} from '../session/select-class.js';
import {selectSentence} from '../session/select-wording.js';
import type {SessionState} from '../session/state.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {type Line, sentenceLines, span, wrapLine} from '../view/line.js';
import type {PlainPage} from './plain-output.js';

/** Announces what happens in a class, nothing twice. It reads every note, so that there is nothing to dismiss. */
export const createClassAnnouncer = ({columns}: PlainPage): ((state: SessionState) => Line[]) => {
	let last = 0;
	let before: Told = {presence: 'joining', pace: null, minutesLeft: null, isHandUp: false};
	return state => {
		const view = classView.of(state);
		if (!view) return [];
		const notes = view.notes.filter(({number}) => number > last);
		last = notes.at(-1)?.number ?? last;
		const told = {...view, pace: selectPace(state)?.number ?? null};
		const news = describeChanges(before, told, state);
		before = told;
		const say = messages.plain.class;
		return [
			...sentenceLines(news, columns),
			...notes.flatMap(({isQuote, text}) =>
				// What a teacher writes is no command of ours, whatever it looks like.
				isQuote
					? wrapLine([span(say.teacher(text))], columns)
					: sentenceLines([rewriteOwnCommands(selectSentence(state, text))], columns),
			),
		];
	};
};

type Told = Pick<ClassView, 'presence' | 'minutesLeft' | 'isHandUp'> & {pace: number | null};

const describeChanges = (before: Told, now: Told, state: SessionState): string[] => {
	const say = messages.plain.class;
	const {title = ''} = classView.of(state) ?? {};
	const place = selectPace(state);
	// The screen counts every minute; lines say the first one and the last ones.
	const {minutesLeft} = now;
	const isToldNow =
		minutesLeft !== null &&
		minutesLeft !== before.minutesLeft &&
		(before.minutesLeft === null || minutesLeft > before.minutesLeft || [10, 5, 1].includes(minutesLeft));
	return [
		...(now.presence === 'here' && before.presence !== 'here' ? [say.here(title)] : []),
		...(now.presence === 'away' && before.presence !== 'away' ? [say.away] : []),
		...(place && now.pace !== before.pace ? [say.pace(place.number, place.chapter.title)] : []),
		...(isToldNow ? [say.timeLeft(minutesLeft)] : []),
		...(now.isHandUp === before.isHandUp ? [] : [now.isHandUp ? say.handUp : say.handDown]),
	];
};
