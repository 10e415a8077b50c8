import process from 'node:process';
import prettyBytes from 'pretty-bytes';
import type {OnProgress, PackProgress} from '../pack/progress.js';
import {printMessage} from './print.js';

const words: Record<PackProgress['doing'], string> = {
	pulling: 'Pulling',
	reading: 'Reading',
	writing: 'Writing',
	checking: 'Checking',
	loading: 'Loading',
};

/** Milliseconds between two looks at a bar, and between two lines where there is no terminal. */
const pauses = {bar: 100, line: 5000};
const barCells = 20;

/**
 * Shows on stderr how far a long work is: a bar that moves on a terminal, elsewhere a line at its beginning and every
 * five seconds. `done` clears the bar away.
 */
export const showProgress = (): {onProgress: OnProgress; done(): void} => {
	const onTerminal = process.stderr.isTTY === true;
	let current = '';
	let began = 0;
	let shown = 0;
	const draw = (progress: PackProgress, now: number) => {
		const line = describeProgress(progress, (now - began) / 1000);
		if (!onTerminal) return printMessage(line);
		const width = (process.stderr.columns ?? 80) - 1;
		const bar = barOf(progress);
		// Where there is no room for both, the words say more.
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
			} else if (now - shown < (onTerminal ? pauses.bar : pauses.line)) {
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

/** `Loading alpine:3.13: 1.2 MB of 5.6 MB, 12 MB/s, 4 s left`; `seconds`: since it began. */
export const describeProgress = ({doing, what, done, total}: PackProgress, seconds: number): string => {
	if (seconds === 0) return `${words[doing]} ${what}${total === null ? '' : `, ${prettyBytes(total)}`}…`;
	const rate = seconds >= 0.5 ? done / seconds : 0;
	const left = total !== null && rate > 0 ? Math.ceil((total - done) / rate) : null;
	return [
		`${words[doing]} ${what}: ${prettyBytes(done)}${total === null ? '' : ` of ${prettyBytes(total)}`}`,
		rate > 0 ? `${prettyBytes(Math.round(rate))}/s` : null,
		left === null ? null : formatTime(left),
	]
		.filter(Boolean)
		.join(', ');
};

const formatTime = (seconds: number): string =>
	seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;

const barOf = ({done, total}: PackProgress): string => {
	if (total === null || total === 0) return '';
	const filled = Math.min(barCells, Math.round((done / total) * barCells));
	return `[${'#'.repeat(filled)}${'.'.repeat(barCells - filled)}] `;
};
