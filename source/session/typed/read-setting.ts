import path from 'node:path';
import {parse} from 'shell-quote';
import type {Dialect} from '../../workshop/model.js';

/** What a line that only sets something asks for. */
export type Setting =
	| {setting: 'variable'; name: string /** Null: it is taken away. */; value: string | null}
	/** Null: back to the lab folder. `-`: back to the folder before. */
	| {setting: 'folder'; folder: string | null};

/**
 * Reads a line that is nothing but `export`, `unset`, `cd`, or what a dialect has for them: such a line is taken by the
 * program, because a shell of its own would forget it at once. Null for any other line.
 */
export const readSettings = (
	line: string,
	dialect: Dialect,
	environment: Record<string, string>,
): Setting[] | null => {
	const text = line.trim();
	if (text.includes('\n')) return null;
	switch (dialect) {
		case 'sh':
			return readPosix(text, environment);
		case 'powershell':
			return readPowerShell(text, environment);
		case 'cmd':
			return readCmd(text);
	}
};

const readPosix = (text: string, environment: Record<string, string>): Setting[] | null => {
	// What the shell would have to run first is the shell's.
	if (!/^(?:export|unset|cd)(?:\s|$)/.test(text) || /\$\(|\$\{|`/.test(text)) return null;
	const entries = parse(text, name => environment[name] ?? '');
	const words = entries.filter(entry => typeof entry === 'string');
	if (words.length !== entries.length) return null;
	const [verb, ...rest] = words;
	if (verb === 'cd') {
		const [folder] = rest;
		return rest.length > 1
			? null
			: [{setting: 'folder', folder: folder ? atHome(folder, environment) : null}];
	}
	const settings = rest.map((word): Setting | null => {
		const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(word) ?? [];
		if (name === undefined) return null;
		if (verb === 'unset') return value === undefined ? {setting: 'variable', name, value: null} : null;
		return {setting: 'variable', name, value: value ?? environment[name] ?? ''};
	});
	const known = settings.filter(setting => setting !== null);
	return known.length === settings.length && known.length > 0 ? known : null;
};

const atHome = (folder: string, {HOME, USERPROFILE}: Record<string, string>): string => {
	const home = HOME || USERPROFILE;
	return home && /^~(?=[\\/]|$)/.test(folder) ? path.join(home, folder.slice(1)) : folder;
};

const readPowerShell = (text: string, environment: Record<string, string>): Setting[] | null => {
	const set = /^\$env:(\w+)\s*=\s*(?:'([^']*)'|"([^"$`]*)"|(\d+))$/i.exec(text);
	if (set?.[1]) return [{setting: 'variable', name: set[1], value: set[2] ?? set[3] ?? set[4] ?? ''}];
	const taken = /^(?:remove-item|ri|del)\s+env:\\?(\w+)$/i.exec(text);
	if (taken?.[1]) return [{setting: 'variable', name: taken[1], value: null}];
	const folder = /^(?:cd|set-location|sl|chdir)(?:\s+(.+))?$/i.exec(text);
	if (!folder || /[;|$&]/.test(text)) return null;
	const given = unquote(folder[1]);
	return [{setting: 'folder', folder: given === null ? null : atHome(given, environment)}];
};

const readCmd = (text: string): Setting[] | null => {
	if (/[&|<>%]/.test(text)) return null;
	const set = /^set\s+(?:"([^"=]+)=([^"]*)"|([^"=\s]+)=(.*))$/i.exec(text);
	const name = set?.[1] ?? set?.[3];
	if (name) return [{setting: 'variable', name, value: (set?.[2] ?? set?.[4]) || null}];
	const folder = /^(?:cd|chdir)(?:\s+\/d)?(?:\s+(.+))?$/i.exec(text);
	return folder ? [{setting: 'folder', folder: unquote(folder[1])}] : null;
};

const unquote = (text: string | undefined): string | null =>
	text?.replace(/^(["'])(.*)\1$/, '$2').trim() || null;
