import {selectPlan, selectRun} from '../../session/select/select.js';
import type {SessionState} from '../../session/state.js';
import type {Room} from '../layout.js';
import {actionLines} from '../pages/action-lines.js';
import type {TextSide} from '../pages/text-side.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {textRows} from '../text/scroll-lines.js';
import {dockerfileLines} from './dockerfile-lines.js';

/** Below this height only one line is left of what stands below. */
const lowRows = 12;

/**
 * The Dockerfile of the shown step in the place of its text, with what runs in sight; null when the step builds nothing
 * or its Dockerfile is not there.
 */
export const dockerfileSide = (
	state: SessionState,
	room: Room,
	means: {symbols: Symbols; frame: number; isAlone: boolean},
): TextSide | null => {
	const plan = selectPlan(state);
	if (plan?.text == null) return null;
	const {lines, here} = dockerfileLines(plan, selectRun(state)?.build ?? null, means);
	const isLow = room.rows < lowRows;
	const heading: Line = [span(plan.dockerfile, 'strong'), span(`  ${lines.length} lines`, 'muted')];
	const title = isLow ? [heading] : [heading, []];
	const allActions = actionLines(state, room.columns, means);
	// What goes on or what enter does stands at their end.
	const actions = allActions.slice(isLow ? -1 : -Math.floor(room.rows / 2));
	const scrollRoom = {
		columns: room.columns,
		rows: Math.max(1, room.rows - title.length - actions.length),
	};
	const rows = textRows(lines.length, scrollRoom);
	return {
		name: 'Dockerfile',
		title,
		lines,
		actions,
		scrollRoom,
		region: {
			key: `${state.stepId}:dockerfile`,
			total: lines.length,
			rows,
			initial: here === null ? 0 : Math.max(0, here - Math.floor(rows / 2)),
		},
	};
};
