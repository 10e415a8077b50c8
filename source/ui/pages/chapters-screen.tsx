import {Box} from 'ink';
import {useRef, useState} from 'react';
import {listedTitle, selectSteps} from '../../session/select/select.js';
import type {Intent, SessionState} from '../../session/state.js';
import {Frame} from '../frame.js';
import type {ViewAction} from '../keys/keymap.js';
import {useViewKeys, type ViewKeys} from '../keys/use-keys.js';
import {layoutScreen, type Room} from '../layout.js';
import {useSurroundings} from '../surroundings.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {textRows} from '../text/scroll-lines.js';
import {ScrollText} from '../text/scroll-text.js';
import {spacing} from '../theme.js';

type ChaptersScreenProps = {
	state: SessionState;
	terminal: Room;
	viewKeys: ViewKeys;
	onIntent: (intent: Intent) => void;
};

/** All chapters and steps; the arrows choose one, enter goes there. */
export const ChaptersScreen = ({state, terminal, viewKeys, onIntent}: ChaptersScreenProps) => {
	const {symbols} = useSurroundings();
	const [chosen, setChosen] = useState(state.stepId);
	// Keys that come faster than frames find what the key before them chose, not what was drawn last.
	const latest = useRef(state.stepId);
	const layout = layoutScreen(terminal, 'nothing');
	const room = {columns: layout.body.columns - 2 * spacing.margin, rows: layout.body.rows};
	useViewKeys(viewKeys, action => {
		if (action === 'choose') return onIntent({intent: 'go-to-step', stepId: latest.current});
		latest.current = moveChosen(state, latest.current, action, room.rows);
		setChosen(latest.current);
	});
	const {lines, here} = chapterLines(state, chosen, symbols);
	const rows = textRows(lines.length, room);
	const top = Math.max(0, Math.min(here - Math.floor(rows / 2), lines.length - rows));
	return (
		<Frame state={state} layout={layout}>
			<Box width={layout.body.columns} height={layout.body.rows} paddingX={spacing.margin}>
				<ScrollText lines={lines} room={room} top={top} />
			</Box>
		</Frame>
	);
};

const moveChosen = (state: SessionState, chosen: string, action: ViewAction, page: number): string => {
	const ids = selectSteps(state).map(({id}) => id);
	const moves: Partial<Record<ViewAction, number>> = {up: -1, down: 1, 'page-up': -page, 'page-down': page};
	const index = Math.max(0, Math.min(ids.indexOf(chosen) + (moves[action] ?? 0), ids.length - 1));
	return ids[index] ?? chosen;
};

const chapterLines = (
	state: SessionState,
	chosen: string,
	symbols: Symbols,
): {lines: Line[] /** Line of the chosen step. */; here: number} => {
	const lines: Line[] = [];
	let here = 0;
	for (const [index, {title, steps}] of state.workshop.chapters.entries()) {
		if (index > 0) lines.push([]);
		lines.push([span(`${index + 1}  ${title}`, 'strong')]);
		for (const step of steps) {
			const isChosen = step.id === chosen;
			if (isChosen) here = lines.length;
			const mark = state.passed[step.id]
				? span(`${symbols.verdict.passed} `, 'passed')
				: span(`${symbols.status.waiting} `, 'muted');
			const title = listedTitle(step);
			const words = step.id === state.stepId ? `${title}  (you are here)` : title;
			lines.push([
				span(isChosen ? ` ${symbols.here} ` : '   '),
				mark,
				span(words, isChosen ? 'strong' : 'plain'),
			]);
		}
	}
	return {lines, here};
};
