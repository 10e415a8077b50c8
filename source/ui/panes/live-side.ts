import {selectPlan, selectRun, selectStep} from '../../session/select/select.js';
import {selectCommandLine, selectRunLine} from '../../session/select/select-wording.js';
import type {RunView, SessionState} from '../../session/state.js';
import {comparisonLines} from '../graph/comparison-lines.js';
import type {LiveNeed, Room} from '../layout.js';
import {challengeLines} from '../pages/challenge-lines.js';
import {overviewLines} from '../pages/overview-lines.js';
import {cutLine, type Line, span} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import {spacing} from '../theme.js';
import {type BuildMeans, buildSide} from './build-side.js';
import {outputPane} from './output-pane.js';
import type {Live} from './pane.js';
import {plannedSide} from './planned-side.js';

type Means = BuildMeans;

/** What the live side of the shown step has to show. */
export const liveNeed = (state: SessionState): LiveNeed => {
	if (selectStep(state).kind === 'challenge' || hasOutput(selectRun(state))) return 'all';
	if ((selectPlan(state)?.waiting.length ?? 0) > 0) return 'plan';
	return outlookWords(state) === null ? 'nothing' : 'words';
};

/** What the live side of the shown step shows in a room. */
export const liveSide = (state: SessionState, room: Room, means: Means): Live => {
	const run = selectRun(state);
	const above = selectStep(state).kind === 'challenge' ? judgedLines(state, room, means) : [];
	const plan = selectPlan(state);
	if (plan && plan.waiting.length > 0 && !hasOutput(run)) return plannedSide(state, plan, room, means);
	if (!run || !hasOutput(run)) {
		return {above: [], panes: [], lines: above.length > 0 ? above : outlook(state, room, means), below: []};
	}
	const rest = {columns: room.columns, rows: room.rows - above.length - (above.length > 0 ? 1 : 0)};
	if (rest.rows < spacing.paneRows) {
		const printed = run.outcome?.ended === 'read' ? 'would print' : 'printed';
		const told = span(`${selectRunLine(state, run) || 'output'} · z shows what it ${printed}`, 'muted');
		return {above: [], panes: [], lines: above, below: [cutLine([told], room.columns)]};
	}
	const live = run.build
		? buildSide(state, {run, build: run.build}, rest, means)
		: outputLive(state, run, rest, means);
	return above.length > 0 ? {...live, above: [...above, [], ...live.above]} : live;
};

/** The verdict of a challenge. Its blank lines give way where the pane of what was typed would not fit beneath it. */
const judgedLines = (state: SessionState, room: Room, {symbols}: Means): Line[] => {
	const lines = challengeLines(state, room.columns, symbols);
	const fits = lines.length + 1 + spacing.paneRows <= room.rows;
	return fits || !hasOutput(selectRun(state)) ? lines : lines.filter(({length}) => length > 0);
};

/** A step that only judges leaves a run without command and output: there is nothing to show of it. */
const hasOutput = (run: RunView | null): boolean =>
	run !== null && (run.build !== null || run.outcome !== null || run.output.lineCount > 0 || isAtWork(run));

const isAtWork = ({phase, commandLine}: RunView): boolean => phase !== 'over' && commandLine !== '';

const outputLive = (state: SessionState, run: RunView, room: Room, means: Means): Live => {
	const {comparison} = run;
	const below: Line[] = comparison
		? [[], ...comparisonLines(comparison, room.columns, means.symbols)].slice(0, Math.floor(room.rows / 2))
		: [];
	const outcome = run.outcome;
	const trouble: Line[] =
		outcome?.ended === 'could-not-start'
			? wrapLine([span(outcome.message, 'failed')], room.columns).slice(0, 3)
			: [];
	const rest = {columns: room.columns, rows: room.rows - below.length - trouble.length};
	const command = selectRunLine(state, run);
	return {
		above: [],
		panes: [[outputPane(run, command, rest, means)]],
		lines: [],
		below: [...trouble, ...below],
	};
};

/** Before anything ran: what will appear here, and the way through the chapter. */
const outlook = (state: SessionState, {columns, rows}: Room, {symbols}: Means): Line[] => {
	const words = outlookWords(state);
	const lines: Line[] = words === null ? [] : [...wrapLine([span(words, 'muted')], columns), []];
	const overview = overviewLines(state, symbols);
	return lines.length + overview.length <= rows ? [...lines, ...overview] : lines.slice(0, rows);
};

const outlookWords = (state: SessionState): string | null => {
	const command = selectCommandLine(state);
	if (command === null || selectStep(state).kind !== 'run') return null;
	return /^docker (buildx )?build\b/.test(command)
		? 'Each stage of the build will have a pane here.'
		: 'What the command prints will appear here.';
};
