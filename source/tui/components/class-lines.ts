import {messages} from '../../messages/index.js';
import type {ClassPresence} from '../../session/ports.js';
import {classView, selectPace} from '../../session/select-class.js';
import {selectSentence} from '../../session/select-wording.js';
import type {SessionState} from '../../session/state.js';
import {
	hangingLines,
	keySpans,
	type Line,
	limitLines,
	lineWidth,
	sentenceSpans,
	span,
} from '../../view/line.js';
import type {Symbols} from '../../view/symbols.js';
import type {Style} from '../../view/theme.js';

/** Most rows that a note takes from the screen. */
const maxNoteRows = 4;

/** The oldest note of the class that was not dismissed, and the key that dismisses it; empty if there is none. */
export const noteRows = (state: SessionState, columns: number): Line[] => {
	const notes = classView.of(state)?.notes ?? [];
	const [note] = notes;
	if (!note) return [];
	const say = messages.tui.class;
	// What a teacher writes is no command of ours, whatever it looks like.
	const text = note.isQuote ? [span(note.text)] : sentenceSpans(selectSentence(state, note.text));
	const label = span(` ${note.isQuote ? say.teacher : say.program} `, 'strong');
	const dismiss = [span('  '), ...keySpans(say.dismiss(notes.length - 1))];
	const lines = limitLines(hangingLines([label], text, columns - 1), maxNoteRows);
	const last = lines.at(-1) ?? [];
	const fits = lineWidth(last) + lineWidth(dismiss) < columns;
	return fits ? [...lines.slice(0, -1), [...last, ...dismiss]] : [...lines, dismiss];
};

/** Where the class is and how much time is left; null if nobody has said so. */
export const classPlace = (state: SessionState): Line | null => {
	const say = messages.tui.class;
	const pace = selectPace(state);
	const minutesLeft = classView.of(state)?.minutesLeft ?? null;
	const words = [
		...(pace ? [say.pace(pace.number, state.workshop.chapters.length)] : []),
		...(minutesLeft === null ? [] : [say.timeLeft(minutesLeft)]),
	];
	return words.length === 0 ? null : [span(words.join(', '), 'strong')];
};

const presenceStyles: Record<ClassPresence, Style> = {
	joining: 'muted',
	here: 'passed',
	away: 'unknown',
	over: 'muted',
	left: 'muted',
	elsewhere: 'muted',
};

/** Whether the class hears from this seat, for the end of the footer; empty if no class was joined. */
export const classBadge = (state: SessionState, symbols: Symbols): Line => {
	const view = classView.of(state);
	if (!view) return [];
	const say = messages.tui.class;
	const mark = view.presence === 'here' ? ` ${symbols.status.running}` : say.presence[view.presence];
	return [
		...(view.isHandUp ? [span(say.handUp, 'strong'), span('  ')] : []),
		span(`${say.class}${mark}`, presenceStyles[view.presence]),
		span(' '),
	];
};
