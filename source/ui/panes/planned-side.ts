import type {Plan} from '../../session/perform/read-plan.js';
import {selectRun, selectStep} from '../../session/select/select.js';
import {selectCommandLine} from '../../session/select/select-wording.js';
import type {SessionState} from '../../session/state.js';
import {graphLines} from '../graph/graph-lines.js';
import type {Room} from '../layout.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import type {Tick} from './build-live.js';
import {graphPart} from './build-side.js';
import {builderName} from './builder-name.js';
import type {Live} from './pane.js';
import {gridPanes} from './pane-grid.js';
import {stagePane} from './stage-pane.js';

/** What a build will build, before it has run: its stages wait, each in its pane. */
export const plannedSide = (
	state: SessionState,
	{waiting}: Plan,
	room: Room,
	means: {symbols: Symbols; tick: Tick},
): Live => {
	const title = titleLine(state);
	const graph = graphPart(waiting, room, means);
	// As high as the title of a build that runs: nothing jumps when it begins.
	const above = room.rows < 14 ? [title] : [title, []];
	const rest = {columns: room.columns, rows: room.rows - above.length - graph.length};
	const grid = gridPanes(waiting.length, rest);
	if (!grid) {
		const picture = graphLines(waiting, rest, {symbols: means.symbols, frame: 0});
		return {above, panes: [], lines: picture, below: []};
	}
	let next = 0;
	const panes = grid.map(row =>
		row.flatMap(pane => {
			const stage = waiting[next++];
			return stage ? [stagePane(stage, pane, {symbols: means.symbols, frame: 0, seconds: null})] : [];
		}),
	);
	return {above: [...above, ...graph], panes, lines: [], below: []};
};

const titleLine = (state: SessionState): Line => {
	const builder = selectStep(state).builder ?? state.builder;
	const name = /\s(?:-t|--tag)[= ](\S+)/.exec(selectCommandLine(state) ?? '')?.[1] ?? 'build';
	const parts = [builderName(builder), ...stateWords(state)];
	return [span(name, 'strong'), span(parts.map(part => ` · ${part}`).join(''))];
};

/** Nothing of a build that has run or was refused is left to show here; why, stands beside it. */
const stateWords = (state: SessionState): string[] => {
	if (state.runningStepId === state.stepId) return ['begins'];
	return selectRun(state) ? [] : ['has not run in this session'];
};
