import type {Timeline} from '../../session/perform/keep-timelines.js';
import type {ComparedTimelines} from '../../session/select/select-timelines.js';
import {formatSeconds} from '../text/format-seconds.js';
import {listNames} from '../text/list-names.js';

/** Builds whose times differ by less than 5 % took about as long as each other. */
const aboutTheSame = 1.05;

/** How much faster the quicker builder was, and why as far as the stages tell, in one or two sentences. */
export const compareBuilders = ({legacy, buildkit}: ComparedTimelines): string => {
	const times = `BuildKit took ${formatSeconds(buildkit.seconds)}, the legacy builder ${formatSeconds(legacy.seconds)}`;
	const factor = legacy.seconds / buildkit.seconds;
	const reasons = reasonsOf(legacy, buildkit);
	if (factor < aboutTheSame && factor > 1 / aboutTheSame) return `${times}: about the same.`;
	if (factor < 1) return `${times}: ${timesOf(1 / factor)} times as long. Once more may give another result.`;
	return `${times}: ${timesOf(factor)} times as fast.${reasons.map(reason => ` ${reason}`).join('')}`;
};

const timesOf = (factor: number): string => factor.toFixed(factor < 10 ? 1 : 0);

const reasonsOf = (legacy: Timeline, buildkit: Timeline): string[] => {
	const skipped = buildkit.stages.filter(
		({name, status}) =>
			status === 'skipped' && legacy.stages.some(other => other.name === name && other.began !== null),
	);
	const together = buildkit.stages.filter(one =>
		buildkit.stages.some(other => other !== one && overlap(one, other)),
	);
	return [
		...(skipped.length > 0 ? [`It skipped ${listNames(skipped.map(({name}) => name))}.`] : []),
		...(together.length > 0 ? [`It ran ${listNames(together.map(({name}) => name))} at the same time.`] : []),
	];
};

type Row = Timeline['stages'][number];

/** Whether two stages shared at least half of the longer one's time. */
const overlap = (one: Row, other: Row): boolean => {
	if (one.began === null || one.ended === null || other.began === null || other.ended === null) return false;
	const shared = Math.min(one.ended, other.ended) - Math.max(one.began, other.began);
	const longer = Math.max(one.ended - one.began, other.ended - other.began);
	return shared > 0 && shared >= longer / 2;
};
