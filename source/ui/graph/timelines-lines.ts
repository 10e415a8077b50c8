import type {Timeline} from '../../session/perform/keep-timelines.js';
import type {ComparedTimelines} from '../../session/select/select-timelines.js';
import {builderName} from '../panes/builder-name.js';
import type {Symbols} from '../symbols.js';
import {formatSeconds} from '../text/format-seconds.js';
import {type Line, span} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import {spacing} from '../theme.js';
import {compareBuilders} from './compare-builders.js';
import {type Axis, axisFor, axisLine, barLines} from './timeline-lines.js';

/** One build on a time axis. */
export const timelineLines = (timeline: Timeline, columns: number, symbols: Symbols): Line[] => {
	const axis = axisFor([timeline], columns);
	return [titleLine(timeline, symbols), ...barLines(timeline, axis, symbols), axisLine(axis)];
};

/** The builds of both builders, one above the other on one axis, and what that means. */
export const comparedLines = (
	compared: ComparedTimelines,
	columns: number,
	/** `shown`: the run that is shown; null when none is. */
	{symbols, shown}: {symbols: Symbols; shown: string | null},
): Line[] => {
	const {legacy, buildkit} = compared;
	const axis: Axis = axisFor([legacy, buildkit], columns);
	return [
		titleLine(legacy, symbols),
		...barLines(legacy, axis, symbols),
		titleLine(buildkit, symbols),
		...barLines(buildkit, axis, symbols),
		axisLine(axis),
		...wrapLine(comparedSentence(compared, shown), Math.min(columns, spacing.textColumns)),
	];
};

/** What the builds of both builders mean. `shown`: the run that is shown; null when none is. */
export const comparedSentence = (compared: ComparedTimelines, shown: string | null): Line => {
	const isShown = shown === null || [compared.legacy, compared.buildkit].some(({runId}) => runId === shown);
	const older = isShown ? '' : 'From the last builds without the cache. ';
	return [span(older, 'muted'), span(compareBuilders(compared))];
};

/** Builder, seconds, and how many stages ran. */
const titleLine = ({builder, seconds, stages}: Timeline, {separator}: Symbols): Line => {
	const count = (wanted: (status: Timeline['stages'][number]['status']) => boolean) =>
		stages.filter(({status}) => wanted(status)).length;
	const run = count(status => status === 'done' || status === 'failed');
	const counts = [
		`${run} ${run === 1 ? 'stage' : 'stages'} run`,
		...(['cached', 'skipped', 'cancelled'] as const).flatMap(wanted => {
			const many = count(status => status === wanted);
			return many > 0 ? [`${many} ${wanted}`] : [];
		}),
	].join(', ');
	const rest = [formatSeconds(seconds), counts].map(part => ` ${separator} ${part}`).join('');
	return [span(builder ? builderName(builder) : 'timeline', 'strong'), span(rest, 'muted')];
};
