import {useInput, usePaste} from 'ink';
import {useRef, useState, useSyncExternalStore} from 'react';
import {messages} from '../../../messages/index.js';
import {type Round, type RoundState, shownItem} from '../../../review/round.js';
import {type Line, sentenceLines, span} from '../../../view/line.js';
import {howToAnswer, itemLines, judgedLines} from '../../../view/review-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {promptSign} from '../../../view/wording.js';
import {Lines} from '../../components/lines.js';
import {keyNames, pastedText, typedText} from '../../keymap/key-names.js';
import {type Size, scrollLines, visibleRows} from '../../text/layout.js';
import {CurrentRenderContext, type RenderContext} from '../../text/render-context.js';

type ReviewScreenProps = {round: Round; renderContext: RenderContext; terminal: Size; onLeave: () => void};

/** What was typed for the shown item, and the first line in sight; null: the last lines are in sight. */
type View = {typed: string; problem: string | null; top: number | null};

const initialView: View = {typed: '', problem: null, top: null};

/** A review on the whole screen: one item at a time, with the answer below it. */
export const ReviewScreen = ({round, renderContext, terminal, onLeave}: ReviewScreenProps) => {
	const state = useSyncExternalStore(round.subscribe, round.getState);
	const {view, latest, setView} = useView();
	const {symbols} = renderContext;
	const columns = Math.max(1, terminal.columns - 2 * spacing.margin);
	const size = {columns, rows: Math.max(1, terminal.rows - 2)};
	const lines = reviewLines(state, view, {columns: Math.min(columns, spacing.textColumns), symbols});
	const last = Math.max(0, lines.length - visibleRows(lines.length, size));
	const top = Math.min(view.top ?? last, last);

	const press = (name: string): void => {
		const {typed} = latest();
		const {answered, at, isTrying} = round.getState();
		const isAnswered = answered.length > at;
		const moves: Record<string, number> = {up: -1, down: 1, 'page-up': -size.rows, 'page-down': size.rows};
		const move = moves[name];
		if (name === 'escape' || name === 'ctrl-c') onLeave();
		else if (move !== undefined)
			setView({...latest(), top: Math.max(0, Math.min(last, (latest().top ?? last) + move))});
		else if (name === 'enter' && isAnswered) {
			round.goOn();
			setView(initialView);
			if (!shownItem(round.getState())) onLeave();
		} else if (name === 'enter') setView({typed, problem: round.answer(typed), top: null});
		else if (!isAnswered && !isTrying)
			write(name === 'backspace' ? [...typed].slice(0, -1).join('') : typed + typedText(name));
	};
	const write = (typed: string): void => setView({typed, problem: null, top: null});
	useInput((input, key) => {
		for (const name of keyNames(input, key, true)) press(name);
	});
	usePaste(text => write(latest().typed + pastedText(text).replaceAll('\n', ' ')));

	const margin = span(' '.repeat(spacing.margin));
	const seen = scrollLines(lines, size, top, symbols).map(line => [margin, ...line]);
	const footer: Line = [margin, span(messages.review.keys, 'muted')];
	const body = Array.from({length: size.rows}, (_, row) => seen[row] ?? []);
	return (
		<CurrentRenderContext value={renderContext}>
			<Lines lines={[...body, footer]} size={{columns: terminal.columns, rows: size.rows + 1}} />
		</CurrentRenderContext>
	);
};

/** The view changes at once, not at the next frame, so that keys that come faster than frames build on each other. */
const useView = () => {
	const latest = useRef(initialView);
	const [view, draw] = useState(initialView);
	const setView = (next: View): void => {
		latest.current = next;
		draw(next);
	};
	return {view, latest: () => latest.current, setView};
};

const reviewLines = (
	state: RoundState,
	{typed, problem}: View,
	page: {columns: number; symbols: Symbols},
): Line[] => {
	const isAnswered = state.answered.length > state.at;
	const cursor = isAnswered || state.isTrying ? [] : [span(' ', 'match')];
	const said = problem ?? (state.isTrying ? messages.review.trying : howToAnswer(state));
	return [
		...itemLines(state, page),
		[],
		[span(promptSign('cmd')), span(typed, 'typed'), ...cursor],
		[],
		...(isAnswered
			? [...judgedLines(state, page), [], [span(messages.review.goOn)]]
			: sentenceLines([said], page.columns)),
	];
};
