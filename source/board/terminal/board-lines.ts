import {renderUnicodeCompact} from 'uqr';
import type {Seat} from '../../classroom/room.js';
import {
	type ChapterBar,
	type HelpRow,
	type Room,
	selectCrowd,
	selectHelp,
	selectSecondsLeft,
	selectWhereabouts,
	type Whereabouts,
} from '../../classroom/select-board.js';
import {messages} from '../../messages/index.js';
import {escapeHiddenInName} from '../../text/terminal-text.js';
import {padToWidth} from '../../text/width.js';
import {cutLine, hangingLines, type Line, lineWidth, sentenceSpans, span} from '../../view/line.js';
import type {Symbols} from '../../view/symbols.js';
import type {Style} from '../../view/theme.js';
import {type NumberedFinding, numberFindings, shownBars} from './board-command.js';

/** How a board is set in lines. */
export type BoardPage = {columns: number; symbols: Symbols; url: string; hasQrCode: boolean};

/** Where somebody is, in a few words. */
export const placeText = (at: Whereabouts): string =>
	typeof at === 'string'
		? messages.board.places[at]
		: `${at.chapterNumber} ${escapeHiddenInName(at.step.title)}`;

/** The name of a seat as a terminal can show it. */
export const seatName = ({name}: Seat): string => escapeHiddenInName(name);

/** The whole board. `known`: as in `numberFindings`. */
export const boardLines = (room: Room, known: string[], page: BoardPage): Line[] => {
	const {findings, help} = messages.board;
	const {columns} = page;
	const groups = numberFindings(room, known);
	const rows = selectHelp(room);
	return [
		...joinLines(room, page),
		[],
		headingLine(findings.heading, groups.length),
		...(groups.length === 0 ? [[span(findings.none, 'muted')]] : []),
		...groups.flatMap(group => findingLines(group, room.now, columns)),
		[],
		headingLine(help.heading, rows.length),
		...(rows.length === 0 ? [[span(help.none, 'muted')]] : []),
		...rows.map(row => helpLine(row, room)),
		...barLines(room, page),
	];
};

const headingLine = (heading: string, count: number): Line => [
	span(heading, 'heading'),
	...(count > 0 ? [span(` ${messages.board.count(count)}`, 'strong')] : []),
];

/** Columns between the text and the QR code. */
const gap = 2;

/** How to join, with the QR code at its right. */
const joinLines = (room: Room, {columns, url, hasQrCode}: BoardPage): Line[] => {
	const {title, address, code, countdownEndsAt} = room.class;
	const {crowd, page, projector, actions} = messages.board;
	const {all, recorded, away} = selectCrowd(room);
	const qr = hasQrCode ? renderUnicodeCompact(`http://${address}/`, {border: 2}).split('\n') : [];
	const width = Math.max(0, ...qr.map(row => row.length));
	const left = columns - (width > 0 ? width + gap : 0);
	const labelled = (label: string, text: string, style: Style) =>
		hangingLines([span(`${label}: `)], [span(text, style)], left);
	const lines: Line[] = [
		[span(escapeHiddenInName(title), 'strong')],
		[span([crowd.joined(all), crowd.recorded(recorded), crowd.away(away)].join(', '))],
		...(countdownEndsAt === null
			? []
			: [[span(actions.secondsLeft(messages.board.clock(selectSecondsLeft(room) ?? 0)), 'now')]]),
		[],
		...labelled(page.address, `http://${address}/`, 'typed'),
		...labelled(page.code, code, 'strong'),
		...hangingLines([], sentenceSpans(`\`${projector.joinCommand(address, code)}\``), left),
		[],
		...hangingLines([], [span(messages.board.terminal.board(url), 'muted')], left),
	];
	return Array.from({length: Math.max(lines.length, qr.length)}, (_, index): Line => {
		const line = cutLine(lines[index] ?? [], left);
		const row = qr[index];
		return row === undefined ? line : [...line, span(' '.repeat(left - lineWidth(line) + gap)), span(row)];
	});
};

/** Columns of the numbers before a finding. */
const numberColumns = 4;

const findingLines = (group: NumberedFinding, now: number, columns: number): Line[] => {
	const {number, finding, place, seats, since, release, released} = group;
	const {findings, times, since: say} = messages.board;
	const indent = span(' '.repeat(numberColumns));
	const hint = release
		? (release.text ?? findings.solutionNext)
		: released.length > 0
			? findings.allReleased
			: findings.noHints;
	return [
		[
			span(padToWidth(`${number}`, numberColumns), 'muted'),
			span(`${times(seats.length)} ${finding}`, 'failed'),
			span(`  ${placeText(place)}, ${say(now - since)}`),
		],
		...hangingLines([indent], sentenceSpans(hint), columns).map(line =>
			line.map(part => ({...part, style: 'muted' as const})),
		),
	];
};

const whyStyles: Record<HelpRow['why'], Style> = {
	hand: 'failed',
	'same-finding': 'unknown',
	'no-change': 'unknown',
	quiet: 'muted',
	away: 'muted',
};

const helpLine = ({seat, why, since}: HelpRow, room: Room): Line => {
	const {help, since: say} = messages.board;
	const width = Math.max(...Object.values(help.why).map(text => text.length)) + 2;
	return [
		span(padToWidth(help.why[why], width), whyStyles[why]),
		span(seatName(seat), 'strong'),
		span(`  ${placeText(selectWhereabouts(room, seat))}, ${say(room.now - since)}`),
	];
};

/** Columns of the longest bar and of the count at its right. */
const barColumns = 24;

const barLines = (room: Room, page: BoardPage): Line[] =>
	shownBars(room).flatMap(({workshop, bars}, _, all): Line[] => {
		const {heading, headingOf} = messages.board.bars;
		const most = Math.max(1, ...bars.map(bar => bar.all));
		return [
			[],
			[span(all.length === 1 ? heading : headingOf(escapeHiddenInName(workshop.title)), 'heading')],
			...bars.map(bar => barLine(bar, most, page)),
		];
	});

const barLine = (bar: ChapterBar, most: number, {columns, symbols}: BoardPage): Line => {
	const {chapter, number, title, isPace, all} = bar;
	const {places, bars, count} = messages.board;
	const name =
		number === null
			? places[chapter === 'end' ? 'end' : 'start']
			: messages.board.chapter(number, escapeHiddenInName(title ?? ''));
	const width = Math.max(12, Math.min(36, columns - barColumns - 24));
	const filled = Math.ceil((all / most) * barColumns);
	return [
		span(`${padToWidth(name, width)} `, isPace ? 'strong' : 'plain'),
		span(padToWidth(symbols.bar.repeat(filled), barColumns), 'cached'),
		span(` ${count(all).padStart(5)}`, 'strong'),
		...(isPace ? [span(`  ${bars.isPace}`, 'now')] : []),
	];
};
