import * as v from 'valibot';
import type {Step} from '../model.js';
import {parseOverlay} from '../parse-workshop.js';
import {matchesCommand, proofId, recordedCommand} from '../steps.js';
import type {LintSubject} from './subject.js';

/** Recordings of steps that are not there, or that run another command now, and damaged ones. */
export const lintRecordings = (subject: LintSubject): void => {
	const {entries, steps, draft, report} = subject;
	const proofs = steps.flatMap(({step}) => step.judge.map((_, index) => proofId(step, index)));
	const ids = new Set([...steps.map(({step}) => step.id), ...proofs, ...draft.broken]);
	for (const {path, kind, text} of entries.values()) {
		if (kind !== 'file' || !path.startsWith('recordings/')) continue;
		const id = recordingName.exec(path)?.[1];
		if (id === undefined) report(path, `is a stray file: a recording is called ${recordingNameHint}`);
		else if (!ids.has(id)) report(path, `is a recording of \`${id}\`, and there is no such step`);
		const rows = (id === undefined ? '' : (text ?? '')).trimEnd().split('\n');
		for (const [index, row] of rows.entries()) {
			if (row !== '' && !isJson(row)) report(path, 'is no JSON', {line: index + 1, column: 1});
		}
		const owner = steps.find(
			({step}) => step.id === id || step.judge.some((_, index) => proofId(step, index) === id),
		);
		if (id !== undefined && owner) {
			const wrong = findCommandProblem(rows[0] ?? '', findCommand(id, owner.step, subject));
			if (wrong) report(path, wrong);
		}
	}
};

/** What runs under the id of a recording now; null when nothing does, undefined when that can't be known. */
const findCommand = (id: string, step: Step, {entries}: LintSubject): string | null | undefined => {
	const file = `solutions/${step.id}/run.yaml`;
	const text = step.kind === 'challenge' ? (entries.get(file)?.text ?? null) : null;
	const overlay = text === null ? null : parseOverlay(file, text).overlay;
	if (step.kind === 'challenge' && step.judge.length === 0 && !overlay) return undefined;
	return recordedCommand(id, step, overlay);
};

const findCommandProblem = (row: string, command: string | null | undefined): string | null => {
	if (!isJson(row) || command === undefined) return null;
	const {success, output} = v.safeParse(headSchema, JSON.parse(row));
	if (!success) return 'is no recording: its first line does not name a command';
	const made = `was made with \`${output.argv.join(' ')}\``;
	if (command === null) return `${made}, and its step runs no command`;
	if (matchesCommand(command, output.argv)) return null;
	return `${made}, and its step runs \`${command}\`: it is not played; record it again with \`run --record\``;
};

const headSchema = v.object({argv: v.array(v.string())});

/** `recordings/26/build-it.legacy.jsonl` */
const recordingName = /^recordings\/\d+\/([^/.]+)(?:\.(?:legacy|buildkit))?\.jsonl$/;
const recordingNameHint = '`<engine>/<step id>.jsonl`, or `<engine>/<step id>.<builder>.jsonl` of a build';

const isJson = (row: string): boolean => {
	try {
		JSON.parse(row);
		return true;
	} catch {
		return false;
	}
};
