/** Creates a pseudo-random generator of numbers from 0 to below 1, the same in every run (Lehmer). */
export const createRandom = (seed: number): (() => number) => {
	const modulus = 2 ** 31 - 1;
	let state = seed % modulus;
	return () => {
		state = (state * 48_271) % modulus;
		return state / modulus;
	};
};
