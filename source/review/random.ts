/** Draws from a seed: the same seed gives the same draws, on every machine. */
export type Random = {
	/** A whole number from 0 to below `count`. */
	below(count: number): number;
	/** One of the values. */
	pick<Value>(values: readonly [Value, ...Value[]]): Value;
	/** The values in another order. */
	shuffle<Value>(values: readonly Value[]): Value[];
};

/** Creates a generator of pseudo-random draws (mulberry32). `seed`: any number; only its 32 lowest bits count. */
export const createRandom = (seed: number): Random => {
	let state = seed | 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (count: number): number => Math.floor(next() * count);
	return {
		below,
		pick: values => values[below(values.length)] ?? values[0],
		shuffle: values =>
			values
				.map(value => ({value, rank: next()}))
				.sort((one, other) => one.rank - other.rank)
				.map(({value}) => value),
	};
};
