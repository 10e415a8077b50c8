import type {KeptSeat, LogProblem} from './class-results.js';
import type {HandIn, HandInProblem} from './hand-in.js';
import type {ResultEntry} from './protocol.js';
import {seatId} from './results.js';

/** What was read of one hand-in file or kept class. `file`: its name, without folders. */
export type CollectedFile = {
	file: string;
	/** `seals`: whether the name is the one that the learner signed. */
	seats: Array<Pick<HandIn | KeptSeat, 'key' | 'name' | 'results'> & {seals: boolean}>;
	problems: Problem[];
};

/** What is wrong with a file, or with part of it. `unreadable`: the system can't read it. */
type Problem = HandInProblem | LogProblem | {problem: 'unreadable'; why: string};

/** A problem, with the name of its file. */
type FileProblem = {file: string} & Problem;

/** How a seat fared with one step of a workshop: its first pass on an engine, else in a recording, else the last try. */
type StepResult = Pick<
	ResultEntry,
	'step' | 'mode' | 'verdict' | 'finding' | 'seconds' | 'attempts' | 'hints' | 'prediction'
>;

/** One version of a workshop, as a seat worked through it. */
export type WorkshopResults = {id: string; hash: string; steps: StepResult[]};

export type SeatResults = {
	id: string;
	name: string;
	workshops: WorkshopResults[];
	/** The number of entries in its chain. */
	entries: number;
	/** Whether there are two chains of its key that contradict each other: two copies of one state folder. */
	isForked: boolean;
};

/** All that was collected, in an order that does not depend on the files. */
export type Collection = {seats: SeatResults[]; problems: FileProblem[]};

/** The steps of the workshops at hand, by ID, in order. */
type StepOrder = ReadonlyMap<string, readonly string[]>;

/**
 * Merges files: of each seat the longest chain. The same files give the same collection in any order and any number of
 * times. `problems` has what was lost: a torn copy of results that are whole elsewhere is not among them.
 */
export const collect = (files: readonly CollectedFile[], order: StepOrder): Collection => {
	const chains = new Map<string, Array<CollectedFile['seats'][number] & {isWhole: boolean}>>();
	for (const {seats, problems} of files) {
		for (const seat of seats) {
			const part = {...seat, isWhole: problems.length === 0};
			const known = chains.get(seat.key);
			if (known) known.push(part);
			else chains.set(seat.key, [part]);
		}
	}
	const isCovered = ({seats}: CollectedFile): boolean =>
		seats.length > 0 &&
		seats.every(({key, results}) =>
			(chains.get(key) ?? []).some(part => part.isWhole && isPrefix(results, part.results)),
		);
	const problems = files.flatMap(file =>
		file.problems
			.filter(({problem}) => !(problem === 'torn' && isCovered(file)))
			.map(problem => ({file: file.file, ...problem})),
	);
	const seats = [...chains].flatMap(([key, parts]): SeatResults[] => {
		// Without a result and without the seal, nothing shows that there is a learner with this key.
		if (parts.every(({results, seals}) => results.length === 0 && !seals)) return [];
		const {name, results} = chooseChain(parts);
		const isForked = parts.some(part => !isPrefix(part.results, results));
		const workshops = summarize(results, order);
		return [{id: seatId(key), name, workshops, entries: results.length, isForked}];
	});
	return {
		seats: seats.sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id)),
		problems: eachOnce(problems).sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b))),
	};
};

/** By code units: what a language puts where would depend on the machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The longest chain; of several, the same one whatever the order of the files. The name that was signed is preferred. */
const chooseChain = (parts: CollectedFile['seats']): Pick<KeptSeat, 'name' | 'results'> => {
	const lastHash = ({results}: {results: ResultEntry[]}) => results.at(-1)?.hash ?? '';
	const byLength = [...parts].sort(
		(a, b) => b.results.length - a.results.length || compare(lastHash(a), lastHash(b)),
	);
	const named = [...parts].sort(
		(a, b) =>
			Number(b.seals) - Number(a.seals) || b.results.length - a.results.length || compare(a.name, b.name),
	);
	return {name: named[0]?.name ?? '', results: byLength[0]?.results ?? []};
};

/** Whether a chain begins with another one: the hash of an entry stands for all before it. */
const isPrefix = (short: ResultEntry[], long: ResultEntry[]): boolean =>
	short.length === 0 || long[short.length - 1]?.hash === short.at(-1)?.hash;

const summarize = (results: ResultEntry[], order: StepOrder): WorkshopResults[] => {
	const byWorkshop = groupBy(results, ({workshop}) => `${workshop.id} ${workshop.hash}`);
	return [...byWorkshop]
		.sort(([a], [b]) => compare(a, b))
		.map(([name, entries]) => {
			const [id = '', hash = ''] = name.split(' ');
			const steps = order.get(id) ?? [];
			const rank = (step: string) => (steps.includes(step) ? steps.indexOf(step) : steps.length);
			const byStep = [...groupBy(entries, ({step}) => step)].sort(
				([a], [b]) => rank(a) - rank(b) || compare(a, b),
			);
			return {id, hash, steps: byStep.flatMap(([, tries]) => chooseResult(tries) ?? [])};
		});
};

const chooseResult = (tries: ResultEntry[]): StepResult | null => {
	const passes = tries.filter(({verdict}) => verdict === 'passed');
	const chosen = passes.find(({mode}) => mode === 'real') ?? passes[0] ?? tries.at(-1);
	if (!chosen) return null;
	const {step, mode, verdict, finding, seconds, attempts, hints, prediction} = chosen;
	return {step, mode, verdict, finding, seconds, attempts, hints, prediction};
};

const groupBy = <Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> => {
	const groups = new Map<string, Value[]>();
	for (const value of values) {
		const group = groups.get(keyOf(value));
		if (group) group.push(value);
		else groups.set(keyOf(value), [value]);
	}
	return groups;
};

const eachOnce = <Value>(values: Value[]): Value[] => [
	...new Map(values.map(value => [JSON.stringify(value), value])).values(),
];
