import process from 'node:process';
import {stripVTControlCharacters} from 'node:util';
import {asStarted} from '../text/how-started.js';
import {messageOf} from '../text/message-of.js';
import {spellOutText} from '../text/spell-out.js';
import {UserError} from '../text/user-error.js';
import type {Dialect} from '../workshop/model.js';
import {sentenceInDialect} from '../workshop/text-in-dialect.js';

/** One document on stdout, and nothing else there. */
export const printJson = (document: object): void => {
	process.stdout.write(`${escapeHidden(JSON.stringify({format: 1, ...document}))}\n`);
};

/** A line for people, on stdout. */
export const printLine = (line = ''): void => {
	process.stdout.write(`${forPeople(line)}\n`);
};

/** A message beside the result, on stderr. */
export const printMessage = (line: string): void => {
	process.stderr.write(`${forPeople(line)}\n`);
};

const forPeople = (line: string): string => asStarted(spellOutText(stripVTControlCharacters(line)));

/** The same document: what a terminal would obey, and what would turn the text around it, as JSON's own escapes. */
const escapeHidden = (json: string): string =>
	json.replace(
		/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu,
		mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

/** Prints an error as the contract says, what to do next in the shell's dialect; returns the exit code. */
export const printError = (error: unknown, json: boolean, shell: Dialect): number => {
	const known = error instanceof UserError;
	const message = messageOf(error);
	const next = known
		? error.next
		: 'report it with the lines above, at the address in the readme; progress is saved';
	if (json) printJson({error: {kind: known ? error.kind : 'bug', message, next}});
	if (known) {
		printMessage(message);
	} else {
		printMessage(`This is a bug in multistage-workshop: ${message}`);
		if (error instanceof Error && error.stack) printMessage(error.stack);
	}
	if (next) printMessage(`Next: ${sentenceInDialect(next, shell)}${/[.!?`]$/.test(next) ? '' : '.'}`);
	return known ? error.exitCode : 1;
};
