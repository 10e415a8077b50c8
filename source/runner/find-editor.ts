import {accessSync, constants, statSync} from 'node:fs';
import path from 'node:path';
import parseArgsStringToArgv from 'string-argv';

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
	const folders = (environment.PATH ?? environment.Path ?? '').split(platform === 'win32' ? ';' : ':');
	return (
		(usual[platform] ?? elsewhere).find(([program = '']) =>
			folders.some(folder => isProgram(path.join(folder, program))),
		) ?? null
	);
};

const isProgram = (file: string): boolean => {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
};
