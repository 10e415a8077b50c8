import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {printLine} from '../app/output.js';
import {templateFiles} from '../app/template-files.js';
import {messages} from '../messages/index.js';
import {listNames} from '../storage/files.js';
import {quotePath} from '../text/shell-commands.js';
import {explainWindowsName} from '../text/terminal-text.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import type {Command} from './flags.js';

/** `new`: writes a small workshop to begin with, into a folder that is empty or doesn't exist. */
export const createNew: Command = async ([name]) => {
	const say = messages.commands.new;
	if (name === undefined) throw new UserError(say.noFolder, {next: say.nameFolder, exitCode: 2});
	const folder = path.resolve(name);
	if (listNames(folder).length > 0)
		throw new UserError(say.notEmpty(folder), {next: say.nameFolder, exitCode: 2});
	const id = toId(path.basename(folder));
	try {
		for (const [file, text] of templateFiles) {
			const target = path.join(folder, file);
			mkdirSync(path.dirname(target), {recursive: true});
			const own = file === 'workshop.md' ? text.replace(/^id: .*$/m, `id: ${id}`) : text;
			writeFileSync(target, own, {flag: 'wx'});
		}
	} catch (error) {
		const reason = say.notWritten(folder, describeError(error));
		throw new UserError(reason, {next: say.nameFolder, exitCode: 2, cause: error});
	}
	const shown = quotePath(toWrittenPath(folder));
	printLine(say.written(shown));
	printLine(say.begin);
	for (const line of [say.lint(shown), say.open(shown)]) printLine(line);
	return 0;
};

/** An id made from the name of a folder: lowercase words joined by dashes, which every system takes as a name. */
const toId = (name: string): string => {
	const id = name
		.normalize('NFKD')
		.replaceAll(/\p{M}/gu, '')
		.toLowerCase()
		.match(/[a-z0-9]+/g)
		?.join('-');
	return id === undefined || explainWindowsName(id) !== null ? 'workshop' : id;
};

/** The folder relative to the working folder, written so that no command takes it for the name of a workshop. */
const toWrittenPath = (folder: string): string => {
	const relative = path.relative('.', folder);
	if (relative === '') return '.';
	const isBelow = !relative.startsWith('..') && !path.isAbsolute(relative);
	return isBelow ? `.${path.sep}${relative}` : folder;
};
