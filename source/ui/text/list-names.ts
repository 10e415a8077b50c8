/** `base`, `base and build`, `base, build and final`. */
export const listNames = (names: string[]): string =>
	names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
