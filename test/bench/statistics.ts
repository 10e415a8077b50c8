/** The value below which so many hundredths of the values lie; NaN of none. */
export const percentile = (values: number[], hundredths: number): number => {
	const sorted = values.toSorted((a, b) => a - b);
	const index = Math.min(sorted.length - 1, Math.ceil((hundredths / 100) * sorted.length) - 1);
	return sorted[Math.max(0, index)] ?? Number.NaN;
};

export const median = (values: number[]): number => percentile(values, 50);

/**
 * Measures the subject and what it is compared with by turns, so that whatever else the machine does hits both, and
 * divides the medians. The functions resolve with milliseconds.
 */
export const compare = async (
	rounds: number,
	subject: () => Promise<number>,
	reference: () => Promise<number>,
): Promise<{ratio: number; subject: number; reference: number}> => {
	const subjects: number[] = [];
	const references: number[] = [];
	for (let round = 0; round < rounds; round++) {
		references.push(await reference());
		subjects.push(await subject());
	}
	const [above, below] = [median(subjects), median(references)];
	return {ratio: above / below, subject: above, reference: below};
};

/** Milliseconds that something takes. */
export const timed = async (act: () => Promise<unknown>): Promise<number> => {
	const start = performance.now();
	await act();
	return performance.now() - start;
};
