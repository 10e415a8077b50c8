import path from 'node:path';
import process from 'node:process';
import {countOf} from '../../text/count-of.js';
import {UserError} from '../../text/user-error.js';
import {selectRun} from '../select/select.js';
import type {Store} from '../store.js';
import type {LineLogReader} from './line-logs.js';

/**
 * Copies the lines of a stage of the shown step's run to a new file beside the lab folder, or else in the folder the
 * program was started in, and says where. Never rejects for want of a place.
 */
export const copyLog = async (
	{getState, dispatch}: Store,
	lines: LineLogReader,
	stage: string | null,
): Promise<void> => {
	const state = getState();
	const run = selectRun(state);
	if (!run) return;
	const say = (notice: string, isGood = false) => dispatch({action: 'show-notice', notice, isGood});
	const log = {runId: run.runId, stage};
	const {lineCount, problem} = lines.size(log);
	if (lineCount === 0) return say(problem ?? 'It has printed nothing: there is nothing to copy.');
	const folders = [...new Set([path.dirname(state.labFolder), process.cwd()])];
	try {
		const copied = await lines.copy(log, {folders, name: nameOf(run.stepId, stage)});
		const lineCount = copied.lineCount;
		const what = lineCount === 1 ? 'The one line is' : `All ${countOf(lineCount, 'line')} are`;
		say(`${what} in \`${copied.file}\`.`, true);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		say(error.message);
	}
};

/** A stage may be called anything as long as no builder has looked at it. */
const nameOf = (stepId: string, stage: string | null): string =>
	stage === null ? stepId : `${stepId}-${stage.replaceAll(/[^\w.-]/g, '_')}`;
