import {spawnSync} from 'node:child_process';
import process from 'node:process';
import parseArgsStringToArgv from 'string-argv';
import {findProgram} from '../system/processes.js';

/**
 * Restores the terminal settings after `use`: a killed program leaves its own behind, and Node would take them for the
 * original ones. On Windows, no settings outlive a program.
 */
export const preserveTerminalSettings = async <Result>(use: () => Promise<Result>): Promise<Result> => {
	const settings = stty('-g');
	try {
		return await use();
	} finally {
		if (settings) stty(settings);
	}
};

const stty = (argument: string): string => {
	if (process.platform === 'win32' || !process.stdin.isTTY) return '';
	const {stdout} = spawnSync('stty', [argument], {stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8'});
	return (stdout ?? '').trim();
};

/** The editors to try on each platform. */
const platformEditors: Partial<Record<NodeJS.Platform, string[][]>> = {
	win32: [['notepad.exe']],
	darwin: [['nano'], ['vi']],
};
const fallbackEditors = [['sensible-editor'], ['editor'], ['nano'], ['vim'], ['vi']];

/** The learner's editor with its arguments: `$VISUAL`, else `$EDITOR`, else the platform's. Null if there is none. */
export const findEditor = (
	environment: Record<string, string>,
	platform: NodeJS.Platform = process.platform,
): string[] | null => {
	const chosen = parseArgsStringToArgv(environment.VISUAL || environment.EDITOR || '');
	if (chosen.length > 0) return chosen;
	return (
		(platformEditors[platform] ?? fallbackEditors).find(
			([program = '']) => findProgram(program, environment) !== null,
		) ?? null
	);
};
