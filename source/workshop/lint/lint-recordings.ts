import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {didYouMeanClause} from '../../text/wording.js';
import type {Step} from '../model.js';
import {parseOverlay} from '../parse-workshop.js';
import {isChallenge, matchesCommand, proofId, recordedCommand} from '../steps.js';
import type {LintSubject} from './subject.js';

/** Reports damaged recordings, and those of missing steps or outdated commands. */
export const lintRecordings = (subject: LintSubject): void => {
	const {entries, steps, draft, report} = subject;
	const {stray, noStep, notJson} = messages.workshop.recording;
	const proofs = steps.flatMap(({step}) => step.judge.map((_, index) => proofId(step, index)));
	const ids = new Set([...steps.map(({step}) => step.id), ...proofs, ...draft.broken]);
	for (const {path, kind, text} of entries.values()) {
		if (kind !== 'file' || !path.startsWith('recordings/')) continue;
		const id = recordingName.exec(path)?.[1];
		if (id === undefined) report(path, stray);
		else if (!ids.has(id)) report(path, noStep(id) + didYouMeanClause(id, [...ids]));
		const rows = (id === undefined ? '' : (text ?? '')).trimEnd().split('\n');
		for (const [index, row] of rows.entries()) {
			if (row !== '' && !isJson(row)) report(path, notJson, {line: index + 1, column: 1});
		}
		const owner = steps.find(
			({step}) => step.id === id || step.judge.some((_, index) => proofId(step, index) === id),
		);
		if (id !== undefined && owner) {
			const wrong = findCommandProblem(rows[0] ?? '', findCommand(id, owner.step, subject));
			if (wrong) report(path, wrong);
		}
	}
	lintMissingProofs(subject);
};

/** Warns of proofs that are not recorded, though others of their challenge are: there, it can't be solved. */
const lintMissingProofs = ({entries, steps}: LintSubject): void => {
	const recorded = new Set(
		[...entries.keys()].flatMap(path => {
			const [, engine, id] = /^recordings\/(\d+)\/([^/.]+)\./.exec(path) ?? [];
			return id === undefined ? [] : [`${engine} ${id}`];
		}),
	);
	const engines = new Set([...recorded].map(key => key.split(' ')[0] ?? ''));
	for (const {step, warn} of steps) {
		const ids = step.judge.map((_, index) => proofId(step, index));
		for (const engine of engines) {
			const missing = ids.findIndex(id => !recorded.has(`${engine} ${id}`));
			const isBegun = ids.some(id => recorded.has(`${engine} ${id}`));
			if (isBegun && missing >= 0)
				warn(messages.workshop.recording.proofMissing(engine, step.id), 'judge', missing);
		}
	}
};

/** The command that now runs under a recording's id; null if none does, undefined if unknown. */
const findCommand = (id: string, step: Step, {entries}: LintSubject): string | null | undefined => {
	const file = `solutions/${step.id}/run.yaml`;
	const text = isChallenge(step) ? (entries.get(file)?.text ?? null) : null;
	const overlay = text === null ? null : parseOverlay(file, text).overlay;
	if (isChallenge(step) && step.judge.length === 0 && !overlay) return undefined;
	return recordedCommand(id, step, overlay);
};

const findCommandProblem = (row: string, command: string | null | undefined): string | null => {
	if (!isJson(row) || command === undefined) return null;
	const {noCommand, stepWithoutCommand, outdated} = messages.workshop.recording;
	const {success, output} = v.safeParse(headSchema, JSON.parse(row));
	if (!success) return noCommand;
	const recorded = output.argv.join(' ');
	if (command === null) return stepWithoutCommand(recorded);
	return matchesCommand(command, output.argv) ? null : outdated(recorded, command);
};

const headSchema = v.object({argv: v.array(v.string())});

/** E.g. `recordings/26/build-it.legacy.jsonl`. */
const recordingName = /^recordings\/\d+\/([^/.]+)(?:\.(?:legacy|buildkit))?\.jsonl$/;

const isJson = (row: string): boolean => {
	try {
		JSON.parse(row);
		return true;
	} catch {
		return false;
	}
};
