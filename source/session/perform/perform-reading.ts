import type {RunFact} from '../../checks/model.js';
import type {Step} from '../../workshop/model.js';
import type {Conduct, Tried} from '../conduct.js';
import {emptyView} from '../empty-view.js';
import type {Replay} from '../ports.js';
import type {RunView, SessionState} from '../state.js';

/** Reads a line of the learner's own where nothing can run, and shows what it would have done; the judge knows the rest. */
export const performReading = async (
	step: Step,
	line: string,
	{dialect, shell}: Pick<SessionState, 'dialect' | 'shell'>,
	replay: Replay,
	{lab, lineLogs, onView}: Conduct,
): Promise<Tried> => {
	lab.ensure();
	const start = emptyView(step, line, true);
	const reading = replay.read(line, {stepId: step.id, dialect, folder: shell.folder ?? lab.path});
	const {lines, exitCode, stdout, stderr, endedAt} = reading;
	const log = lineLogs.open(start.runId);
	for (const text of lines) log.append(null, text);
	log.end();
	const view: RunView = {
		...start,
		phase: 'over',
		outcome: {ended: 'read', seconds: 0},
		output: {lines, lineCount: lines.length},
	};
	onView(view);
	const run: RunFact = {
		fact: 'run',
		stepId: step.id,
		exitCode,
		stdout,
		stderr,
		endedAt,
		builder: null,
		stages: [],
	};
	return {view, verdict: null, captured: {}, run};
};
