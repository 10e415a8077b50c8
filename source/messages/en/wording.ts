const plurals = new Intl.PluralRules('en');
const lists = new Intl.ListFormat('en-GB', {type: 'conjunction'});
const alternatives = new Intl.ListFormat('en-GB', {type: 'disjunction'});

/** The word that goes with so many things: `is`, `are`. */
export const choosePlural = (count: number, one: string, many: string): string =>
	plurals.select(count) === 'one' ? one : many;

/** `1,200`. */
export const formatNumber = (value: number): string => value.toLocaleString('en');

/** Formats a number with its noun: `1 line`, `1,200 lines`, `2 entries`. */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
	`${formatNumber(count)} ${choosePlural(count, one, many)}`;

/** How many times as much, with a decimal below 10: `2.8 times`, `12 times`. */
export const formatFactor = (factor: number): string => `${factor.toFixed(factor < 9.95 ? 1 : 0)} times`;

/** Formats a list: `a`, `a and b`, `a, b and c`. */
export const formatList = (names: readonly string[]): string => lists.format(names);

/** `a`, `a or b`, `a, b or c`. */
export const formatAlternatives = (names: readonly string[]): string => alternatives.format(names);

/** What has become of a stage or an instruction. */
export const stageStatuses = {
	waiting: 'waiting',
	running: 'running',
	cached: 'cached',
	done: 'done',
	failed: 'failed',
	skipped: 'skipped',
	cancelled: 'cancelled',
	unknown: 'unknown',
};
