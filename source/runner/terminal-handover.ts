import {spawnSync} from 'node:child_process';
import process from 'node:process';
import parseArgsStringToArgv from 'string-argv';
import {findProgram} from '../system/processes.js';

/**
 * Puts the terminal's settings back when whoever used it has ended: a program that is killed leaves them as they were for
 * itself, and Node would take them for those it found. Windows has none that outlive a program.
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

/** The editor of each platform if none is configured. */
const platformEditors: Partial<Record<NodeJS.Platform, string[][]>> = {
	win32: [['notepad.exe']],
	darwin: [['nano'], ['vi']],
};
const fallbackEditors = [['sensible-editor'], ['editor'], ['nano'], ['vim'], ['vi']];

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
		(platformEditors[platform] ?? fallbackEditors).find(
			([program = '']) => findProgram(program, environment) !== null,
		) ?? null
	);
};
