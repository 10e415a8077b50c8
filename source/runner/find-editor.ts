import process from 'node:process';
import parseArgsStringToArgv from 'string-argv';
import {findProgram} from '../system/locate-program.js';

/** What platforms have when nobody has chosen. */
const usual: Partial<Record<NodeJS.Platform, string[][]>> = {
	win32: [['notepad.exe']],
	darwin: [['nano'], ['vi']],
};
const elsewhere = [['sensible-editor'], ['editor'], ['nano'], ['vim'], ['vi']];

/**
 * The learner's editor with its arguments: `$VISUAL`, else `$EDITOR`, else what the platform has. Null when there is
 * none.
 */
export const findEditor = (
	environment: Record<string, string>,
	platform: NodeJS.Platform = process.platform,
): string[] | null => {
	const chosen = parseArgsStringToArgv(environment.VISUAL || environment.EDITOR || '');
	if (chosen.length > 0) return chosen;
	return (
		(usual[platform] ?? elsewhere).find(([program = '']) => findProgram(program, environment) !== null) ??
		null
	);
};
