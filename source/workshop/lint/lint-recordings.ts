import {proofId} from '../proof-id.js';
import type {LintSubject} from './lint-subject.js';

/** Recordings of steps that are not there, and damaged ones. */
export const lintRecordings = ({entries, steps, draft, report}: LintSubject): void => {
	const proofs = steps.flatMap(({step}) => step.judge.map((_, index) => proofId(step, index)));
	const ids = new Set([...steps.map(({step}) => step.id), ...proofs, ...draft.broken]);
	for (const {path, kind, text} of entries.values()) {
		if (kind !== 'file' || !path.startsWith('recordings/')) continue;
		const id = recordingName.exec(path)?.[1];
		if (id === undefined) report(path, `is a stray file: a recording is called ${called}`);
		else if (!ids.has(id)) report(path, `is a recording of \`${id}\`, and there is no such step`);
		const rows = (id === undefined ? '' : (text ?? '')).trimEnd().split('\n');
		for (const [index, row] of rows.entries()) {
			if (row !== '' && !isJson(row)) report(path, 'is no JSON', {line: index + 1, column: 1});
		}
	}
};

/** `recordings/26/build-it.legacy.jsonl` */
const recordingName = /^recordings\/\d+\/([^/.]+)(?:\.(?:legacy|buildkit))?\.jsonl$/;
const called = '`<engine>/<step id>.jsonl`, or `<engine>/<step id>.<builder>.jsonl` of a build';

const isJson = (row: string): boolean => {
	try {
		JSON.parse(row);
		return true;
	} catch {
		return false;
	}
};
