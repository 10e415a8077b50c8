import {readFileSync, writeFileSync} from 'node:fs';
import {messageOf} from '../text/message-of.js';
import {UserError} from '../text/user-error.js';

/**
 * Gives a file one more line, which ends with the time, and returns what takes it away again. What the learner saves
 * in the meantime stays. Throws a `UserError` when the file is not there.
 */
export const addLine = (file: string, line: string): (() => void) => {
	try {
		const before = readFileSync(file, 'utf8');
		const added = `${before.endsWith('\n') || before === '' ? '' : '\n'}${line} ${new Date().toISOString()}\n`;
		writeFileSync(file, before + added);
		return () => {
			const now = readFileSync(file, 'utf8');
			if (now.includes(added)) writeFileSync(file, now.replace(added, ''));
		};
	} catch (error) {
		throw new UserError(`The file ${file} can't be changed: ${messageOf(error)}.`, {
			next: 'run `multistage-workshop reset` to get the file back',
			cause: error,
		});
	}
};
