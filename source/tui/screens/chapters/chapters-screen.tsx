import {Box} from 'ink';
import {useRef, useState} from 'react';
import type {Intent} from '../../../session/intents.js';
import {listedTitle, selectSteps} from '../../../session/select.js';
import type {SessionState} from '../../../session/state.js';
import type {ViewAction} from '../../../view/keymap.js';
import {type Line, span} from '../../../view/line.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {Frame} from '../../components/frame.js';
import {ScrollText} from '../../components/lines.js';
import {useViewKeys, type ViewKeys} from '../../keymap/use-keys.js';
import {layoutScreen, type Size, visibleRows} from '../../text/layout.js';
import {useRenderContext} from '../../text/render-context.js';

type ChaptersScreenProps = {
	state: SessionState;
	terminal: Size;
	viewKeys: ViewKeys;
	onIntent: (intent: Intent) => void;
};

/** All chapters and steps; the arrows choose one, enter goes there. */
export const ChaptersScreen = ({state, terminal, viewKeys, onIntent}: ChaptersScreenProps) => {
	const {symbols} = useRenderContext();
	const [chosen, setChosen] = useState(state.stepId);
	// Keys that come faster than frames find what the key before them chose, not what was drawn last.
	const latest = useRef(state.stepId);
	const layout = layoutScreen(terminal, 'nothing');
	const size = {columns: layout.body.columns - 2 * spacing.margin, rows: layout.body.rows};
	useViewKeys(viewKeys, action => {
		if (action === 'choose') return onIntent({intent: 'go-to-step', stepId: latest.current});
		latest.current = moveChosen(state, latest.current, action, size.rows);
		setChosen(latest.current);
	});
	const {lines, here} = chapterLines(state, chosen, symbols);
	const rows = visibleRows(lines.length, size);
	const top = Math.max(0, Math.min(here - Math.floor(rows / 2), lines.length - rows));
	return (
		<Frame state={state} layout={layout}>
			<Box width={layout.body.columns} height={layout.body.rows} paddingX={spacing.margin}>
				<ScrollText lines={lines} size={size} top={top} />
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
