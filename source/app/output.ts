import process from 'node:process';
import {stripVTControlCharacters} from 'node:util';
import prettyBytes from 'pretty-bytes';
import {messages} from '../messages/index.js';
import type {OnProgress, PackProgress} from '../pack/progress.js';
import {rewriteOwnCommands} from '../text/shell-commands.js';
import {escapeHiddenCharacters} from '../text/terminal-text.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {translateSentence} from '../workshop/dialect.js';
import type {Dialect} from '../workshop/model.js';

/** Prints a result as one JSON document on stdout. `indent`: spaces for each level, for people; 0: all in one line. */
export const printJson = (document: object, indent = 0): void => {
	const lines = JSON.stringify({format: 1, ...document}, null, indent).split('\n');
	process.stdout.write(`${lines.map(escapeJsonControls).join('\n')}\n`);
};

/** Prints a line for people on stdout. */
export const printLine = (line = ''): void => {
	process.stdout.write(`${toDisplayText(line)}\n`);
};

/** Prints a line that has been painted for the terminal. */
export const printPainted = (line: string): void => {
	process.stdout.write(`${line}\n`);
};

/** Prints a message on stderr, apart from the result. */
export const printMessage = (line: string): void => {
	process.stderr.write(`${toDisplayText(line)}\n`);
};

const toDisplayText = (line: string): string =>
	rewriteOwnCommands(escapeHiddenCharacters(stripVTControlCharacters(line)));

/** Escapes control and bidirectional characters, which a terminal would obey, without changing the document. */
const escapeJsonControls = (json: string): string =>
	json.replace(
		/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu,
		mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

/** Prints an error and what to do next, in the shell's dialect. Returns the exit code. */
export const printError = (error: unknown, json: boolean, shell: Dialect): number => {
	const known = error instanceof UserError;
	const message = describeError(error);
	const next = known ? error.next : messages.app.reportBug;
	if (json) printJson({error: {kind: known ? error.kind : 'bug', message, next}});
	if (known) {
		printMessage(message);
	} else {
		printMessage(messages.app.bug(message));
		if (error instanceof Error && error.stack) printMessage(error.stack);
	}
	if (next) printMessage(messages.app.next(translateSentence(next, shell)));
	return known ? error.exitCode : 1;
};

/** Milliseconds between updates of the bar, and between lines if there is no terminal. */
const intervalsMs = {bar: 100, line: 5000};
const barCells = 20;

/**
 * Shows the progress of a long task on stderr: as a bar on a terminal, elsewhere as a line at the start and every five
 * seconds. `done` clears the bar.
 */
export const createProgressBar = (): {onProgress: OnProgress; done(): void} => {
	const onTerminal = process.stderr.isTTY === true;
	let current = '';
	let began = 0;
	let shown = 0;
	const draw = (progress: PackProgress, now: number) => {
		const line = describeProgress(progress, (now - began) / 1000);
		if (!onTerminal) return printMessage(line);
		const width = (process.stderr.columns ?? 80) - 1;
		const bar = drawBar(progress);
		// If there is no room for both, the text says more.
		const shownLine = bar.length + line.length > width ? line : `${bar}${line}`;
		process.stderr.write(`\r\u001B[K${shownLine.slice(0, width)}`);
	};
	return {
		onProgress(progress) {
			const now = performance.now();
			const key = `${progress.doing} ${progress.what}`;
			if (key !== current) {
				current = key;
				began = now;
			} else if (now - shown < (onTerminal ? intervalsMs.bar : intervalsMs.line)) {
				return;
			}
			shown = now;
			draw(progress, now);
		},
		done() {
			if (onTerminal && current !== '') process.stderr.write('\r\u001B[K');
			current = '';
		},
	};
};

/** `Loading alpine:3.13: 1.2 MB of 5.6 MB, 12 MB/s, 4 s left`; `seconds`: since the start. */
export const describeProgress = (
	{doing, what, done, total, place}: PackProgress,
	seconds: number,
): string => {
	const say = messages.app.progress;
	if (place !== undefined) return say.queued(what, place);
	const shown = {doing, what, total: total === null ? null : prettyBytes(total)};
	if (seconds === 0) return say.begins(shown);
	const rate = seconds >= 0.5 ? done / seconds : 0;
	return say.goesOn({
		...shown,
		done: prettyBytes(done),
		rate: rate > 0 ? prettyBytes(Math.round(rate)) : null,
		left: total !== null && rate > 0 ? Math.ceil((total - done) / rate) : null,
	});
};

const drawBar = ({done, total}: PackProgress): string => {
	if (total === null || total === 0) return '';
	const filled = Math.min(barCells, Math.round((done / total) * barCells));
	return `[${'#'.repeat(filled)}${'.'.repeat(barCells - filled)}] `;
};
