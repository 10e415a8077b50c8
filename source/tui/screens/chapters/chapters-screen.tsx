import {Box} from 'ink';
import {messages} from '../../../messages/index.js';
import {selectSteps} from '../../../session/select.js';
import type {SessionState} from '../../../session/state.js';
import {type Line, span} from '../../../view/line.js';
import {listedStepSpans} from '../../../view/step-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {Frame} from '../../components/frame.js';
import {ScrollText} from '../../components/lines.js';
import {useChoice} from '../../keymap/use-choice.js';
import {type ScreenProps, useViewKeys} from '../../keymap/use-keys.js';
import {lineMoves, pageMoves} from '../../keymap/view-state.js';
import {layoutScreen, topAround} from '../../text/layout.js';
import {useRenderContext} from '../../text/render-context.js';

/** All chapters and steps; the arrows choose one, enter goes there. */
export const ChaptersScreen = ({state, terminal, viewKeys, onIntent}: ScreenProps) => {
	const {symbols} = useRenderContext();
	const layout = layoutScreen(terminal, 'nothing');
	const size = {columns: layout.body.columns - 2 * spacing.margin, rows: layout.body.rows};
	const ids = selectSteps(state).map(({id}) => id);
	const {chosen, current, choose} = useChoice(ids, state.stepId);
	useViewKeys(viewKeys, action => {
		const page = pageMoves[action];
		if (page !== undefined) choose(page * size.rows);
		else if (action === 'choose') onIntent({intent: 'go-to-step', stepId: current()});
		else choose(lineMoves[action] ?? 0);
	});
	const {lines, here} = chapterLines(state, chosen, symbols);
	return (
		<Frame state={state} layout={layout}>
			<Box width={layout.body.columns} height={layout.body.rows} paddingX={spacing.margin}>
				<ScrollText lines={lines} size={size} top={topAround(here, lines.length, size)} />
			</Box>
		</Frame>
	);
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
			const note = step.id === state.stepId ? `  ${messages.view.youAreHere}` : '';
			lines.push([span(' '), ...listedStepSpans(state, step, symbols, {isChosen, note})]);
		}
	}
	return {lines, here};
};
