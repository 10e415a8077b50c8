import * as v from 'valibot';
import {nameSchema, type ResultEntry} from './protocol.js';
import {type ChainProblem, seatId, verifyChain} from './results.js';

/** The results of one seat in the log of a kept class. */
export type KeptSeat = {key: string; name: string; results: ResultEntry[]};

/** What is wrong with a log. `torn`: the line, from 1, is no entry of a log. Others: as in a chain, with the seat. */
export type LogProblem =
	| {line: number; problem: 'torn'}
	| (ChainProblem & {seat: string})
	/** There are results of a seat whose key the log does not contain, so that nothing can be checked. */
	| {seat: string; problem: 'no-key'};

/** Only what results need of a line: lines of other kinds have none of it. */
const lineSchema = v.object({
	/** The ID of a seat, or its public key. */
	seat: v.optional(v.string()),
	key: v.optional(v.string()),
	name: v.optional(nameSchema),
	report: v.optional(v.object({name: v.optional(nameSchema), results: v.optional(v.array(v.unknown()))})),
});

/**
 * Reads the log of a kept class: JSON lines, of which each accepted report is one. `lines`: all lines of the log. A torn
 * last line was never acknowledged, so it is no problem.
 */
export const readClassLog = (lines: readonly string[]): {seats: KeptSeat[]; problems: LogProblem[]} => {
	const problems: LogProblem[] = [];
	const keys = new Map<string, string>();
	const names = new Map<string, string>();
	const reported = new Map<string, unknown[]>();
	for (const [index, line] of lines.entries()) {
		if (line === '') continue;
		const parsed = v.safeParse(lineSchema, parse(line));
		if (!parsed.success) {
			if (index < lines.length - 1) problems.push({line: index + 1, problem: 'torn'});
			continue;
		}
		const {seat, key, name, report} = parsed.output;
		const publicKey = key ?? (seat !== undefined && !isId(seat) ? seat : undefined);
		const id = publicKey === undefined ? seat : seatId(publicKey);
		if (id === undefined) continue;
		if (publicKey !== undefined) keys.set(id, publicKey);
		const shown = name ?? report?.name;
		if (shown !== undefined) names.set(id, shown);
		if (!report?.results) continue;
		const known = reported.get(id);
		if (known) known.push(...report.results);
		else reported.set(id, [...report.results]);
	}
	const seats = [...reported].flatMap(([id, rows]) => {
		const key = keys.get(id);
		if (key === undefined) {
			problems.push({seat: id, problem: 'no-key'});
			return [];
		}
		const results = withoutRepeats(rows);
		const {valid, problem} = verifyChain(key, results);
		if (problem) problems.push({...problem, seat: id});
		return [{key, name: names.get(id) ?? id.slice(0, 8), results: results.slice(0, valid) as ResultEntry[]}];
	});
	return {seats, problems};
};

const isId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** A seat sends a result again until it is acknowledged. */
const withoutRepeats = (rows: unknown[]): unknown[] => [
	...new Map(rows.map(row => [JSON.stringify(row), row])).values(),
];

const parse = (line: string): unknown => {
	try {
		return JSON.parse(line);
	} catch {
		return null;
	}
};
