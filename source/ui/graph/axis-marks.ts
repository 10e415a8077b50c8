/** Seconds between two marks: the first one that leaves them room. */
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600];

/** The seconds that are marked on a time axis. `least`: between two marks, so that their words have room. */
export const axisMarks = (seconds: number, least: number): number[] => {
	const step = steps.find(candidate => candidate >= least) ?? seconds;
	return Array.from({length: Math.floor(seconds / step) + 1}, (_, index) =>
		Number((index * step).toFixed(1)),
	);
};
