import type {Build, StageStatus} from '../../build/model.js';
import type {LineLogReader} from '../../session/perform/line-logs.js';
import type {Outcome} from '../../session/ports.js';
import type {RunView} from '../../session/state.js';
import {builderAsSubject} from '../../text/builder-words.js';
import {formatSeconds} from '../text/format-seconds.js';
import type {PlainPage} from './plain-page.js';
import {stageSentence} from './stage-sentence.js';
import {createLineTeller, type LineTeller} from './tell-lines.js';

/** Tells one run as it goes on: what it prints, and what becomes of its stages. */
export type RunTeller = {
	/** What is new since the last call. */
	tell(run: RunView): string[];
};

/** Seconds that a stage runs without a word before it is said that it does. */
const longSilence = 1;

const ends: StageStatus[] = ['done', 'cached', 'failed', 'skipped', 'cancelled', 'unknown'];

/** A teller of the run with this id. */
export const createRunTeller = (runId: string, reader: LineLogReader, page: PlainPage): RunTeller => {
	const logs = new Map<string | null, LineTeller>();
	const said = new Map<string, StageStatus>();
	let isOver = false;
	let isCancelling = false;
	const logOf = (stage: string | null, prefix: string): LineTeller => {
		const log = logs.get(stage) ?? createLineTeller(reader, {runId, stage}, prefix);
		logs.set(stage, log);
		return log;
	};
	const tellStages = ({stages, seconds}: Build, hasEnded: boolean): string[] =>
		stages.flatMap(stage => {
			const {name, status, began} = stage;
			const log = logOf(name, `${name} ${page.gutter} `);
			if (said.has(name) && ends.includes(said.get(name) ?? 'waiting')) return [];
			if (ends.includes(status) || hasEnded) {
				said.set(name, status);
				return [...log.rest(), stageSentence(stage)];
			}
			const lines = log.more();
			const isSilent = !said.has(name) && began !== null && seconds - began >= longSilence;
			if (status !== 'running' || (lines.length === 0 && !isSilent)) return lines;
			if (lines.length === 0) said.set(name, status);
			return lines.length > 0 ? lines : [stageSentence({...stage, seconds: null})];
		});
	return {
		tell(run) {
			if (isOver) return [];
			isOver = run.phase === 'over';
			const hasEnded = run.outcome !== null;
			// What the program does by itself prints nothing, but has something to say.
			const said = hasEnded || !isOver ? [] : run.output.lines.map(line => `    ${line}`);
			const printed = run.build
				? tellStages(run.build, hasEnded)
				: hasEnded
					? logOf(null, '    ').rest()
					: logOf(null, '    ').more();
			const news =
				run.phase === 'cancelling' && !isCancelling ? ['Cancelling… once more ends it by force.'] : [];
			isCancelling ||= run.phase === 'cancelling';
			return isOver ? [...said, ...printed, ...endSentence(run)] : [...news, ...printed];
		},
	};
};

const endSentence = ({outcome, build, builder}: RunView): string[] => {
	if (!outcome) return [];
	const used = build?.builder ?? builder;
	const by = used ? ` ${builderAsSubject(used)} built it${build?.cached ? ', all from the cache' : ''}.` : '';
	return [describe(outcome) + (outcome.ended === 'exited' && outcome.exitCode === 0 ? by : '')];
};

const describe = (outcome: Outcome): string => {
	const time = formatSeconds(outcome.seconds);
	switch (outcome.ended) {
		case 'exited':
			return `The command ended after ${time} with exit code ${outcome.exitCode}.`;
		case 'cancelled':
			return `The command was cancelled after ${time}.`;
		case 'could-not-start':
			return `The command could not start: ${outcome.message}`;
		case 'read':
			return 'The command was read; nothing ran.';
	}
};
