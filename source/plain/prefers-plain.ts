/**
 * Whether to print plain lines instead of a screen: if input or output is not a terminal, if the terminal can't move
 * its cursor, or if the learner has asked for text alone, in the same way as for Ink's screen-reader mode.
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
