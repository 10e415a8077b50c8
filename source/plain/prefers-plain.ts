/**
 * Whether a screen is of no use: without a terminal on both sides, on one that can't move its cursor, or for a learner
 * who has asked for text alone, as Ink's screen-reader mode does.
 */
export const prefersPlain = (
	environment: Record<string, string | undefined>,
	{stdin, stdout}: {stdin: {isTTY?: boolean}; stdout: {isTTY?: boolean}},
): boolean =>
	!stdin.isTTY ||
	!stdout.isTTY ||
	environment.TERM === 'dumb' ||
	isOn(environment.ACCESSIBLE) ||
	isOn(environment.INK_SCREEN_READER);

const isOn = (value: string | undefined): boolean => value === '1' || value?.toLowerCase() === 'true';
