/** Seconds since the build began. */
type Interval = {began: number; ended: number};

/** How long at least one of the intervals lasted, and their first and last moment; null without any. In ms steps. */
export const unionOf = (
	intervals: Interval[],
): {seconds: number; began: number; ended: number} | {seconds: null; began: null; ended: null} => {
	const [first, ...rest] = intervals.toSorted((a, b) => a.began - b.began);
	if (!first) return {seconds: null, began: null, ended: null};
	let {ended} = first;
	let seconds = ended - first.began;
	for (const interval of rest) {
		seconds += Math.max(0, interval.ended - Math.max(ended, interval.began));
		ended = Math.max(ended, interval.ended);
	}
	return {seconds: toMilliseconds(seconds), began: toMilliseconds(first.began), ended: toMilliseconds(ended)};
};

const toMilliseconds = (seconds: number) => Math.round(seconds * 1000) / 1000;
