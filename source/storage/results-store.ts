import {appendFileSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import type {ResultEntry, SeatState, StepReport} from '../classroom/protocol.js';
import {appendResult, type ResultContent, verifyChain} from '../classroom/results.js';
import {messages} from '../messages/index.js';
import {describeError} from '../text/wording.js';
import {tryRead} from './files.js';
import {withLock} from './process-locks.js';
import {loadSeatKey} from './seat-key.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** The learner's results: one chain for all workshops, kept in a class or not. */
export type ResultsStore = {
	/**
	 * Appends what has changed since it was last recorded. Never throws: returns a problem as one sentence. What another
	 * copy of the program keeps it from writing is appended the next time.
	 */
	record(state: SeatState): string | null;
	/** The chain, up to the last entry that is whole. */
	load(): ResultEntry[];
};

/**
 * The chain in the state folder, as JSON lines. An entry that a crash cut off is skipped, and the next one follows the
 * last whole one.
 */
export const createResultsStore = (stateFolder: string): ResultsStore => {
	const file = path.join(stateFolder, 'class', 'results.jsonl');
	let known: {chain: ResultEntry[]; bytes: number} = {chain: [], bytes: 0};
	/** Another copy of the program may have appended something. */
	const refresh = (): ResultEntry[] => {
		const bytes = tryRead(() => statSync(file).size) ?? 0;
		if (bytes !== known.bytes) known = {chain: readChain(file, loadSeatKey(stateFolder).publicKey), bytes};
		return known.chain;
	};
	const append = (state: SeatState): void => {
		const key = loadSeatKey(stateFolder);
		const chain = refresh();
		const entries: ResultEntry[] = [];
		for (const content of selectChanges(chain, state))
			entries.push(appendResult([...chain.slice(-1), ...entries], key, content));
		if (entries.length === 0) return;
		// A line that a crash cut off must not corrupt the next one.
		const begin = known.bytes > 0 && !readFileSync(file, 'utf8').endsWith('\n') ? '\n' : '';
		const lines = entries.map(entry => `${JSON.stringify(entry)}\n`).join('');
		appendFileSync(file, begin + lines, privateFile);
		const bytes = known.bytes + Buffer.byteLength(begin + lines);
		known = {chain: [...chain, ...entries], bytes};
	};
	return {
		record(state) {
			try {
				if (selectChanges(known.chain, state).length === 0) return null;
				makePrivateFolder(path.dirname(file));
				withLock(`${file}.lock`, () => append(state));
				return null;
			} catch (error) {
				return messages.storage.resultsNotSaved(describeError(error));
			}
		},
		load: refresh,
	};
};

/** The entries that make a chain, without lines that are torn, altered or not the seat's. */
const readChain = (file: string, publicKey: string): ResultEntry[] => {
	const chain: ResultEntry[] = [];
	for (const line of (tryRead(() => readFileSync(file, 'utf8')) ?? '').split('\n')) {
		const row: unknown = tryRead(() => JSON.parse(line));
		if (verifyChain(publicKey, [row], chain.at(-1)).valid === 1) chain.push(row as ResultEntry);
	}
	return chain;
};

/** What differs from the latest entry of each step, without the time: that alone is no result. */
const selectChanges = (chain: readonly ResultEntry[], {workshop, mode, steps}: SeatState): ResultContent[] =>
	steps
		.filter(({verdict}) => verdict === 'passed' || verdict === 'failed')
		.filter(step => {
			const last = chain.findLast(
				entry =>
					entry.step === step.step &&
					entry.mode === mode &&
					entry.workshop.id === workshop.id &&
					entry.workshop.hash === workshop.hash,
			);
			return !last || describe(last) !== describe(step);
		})
		.map(step => ({workshop, mode, ...step}));

const describe = ({
	verdict,
	finding,
	attempts,
	hints,
	prediction,
}: Omit<StepReport, 'step' | 'seconds'>): string =>
	JSON.stringify([verdict, finding, attempts, hints, prediction]);
