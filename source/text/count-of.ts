/** A number with what it counts: `1 line`, `1,200 lines`. */
export const countOf = (count: number, one: string): string =>
	`${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
