/** Numbers from 0 up to 1 that look random and are the same in every run: a Lehmer generator. */
export const createRandom = (seed: number): (() => number) => {
	const modulus = 2 ** 31 - 1;
	let state = seed % modulus;
	return () => {
		state = (state * 48_271) % modulus;
		return state / modulus;
	};
};
