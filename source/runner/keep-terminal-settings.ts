import {spawnSync} from 'node:child_process';
import process from 'node:process';

/**
 * Puts the terminal's settings back when whoever used it has ended: a program that is killed leaves them as they were for
 * itself, and Node would take them for those it found. Windows has none that outlive a program.
 */
export const keepTerminalSettings = async <Result>(use: () => Promise<Result>): Promise<Result> => {
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
