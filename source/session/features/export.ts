import path from 'node:path';
import process from 'node:process';
import {messages} from '../../messages/index.js';
import {UserError} from '../../text/user-error.js';
import type {LineLogReader} from '../ports.js';
import type {SessionDependencies} from '../run-context.js';
import {selectRun} from '../select.js';
import type {Store} from '../store.js';
import {type FeatureTable, isCovered, isIdle, isOnStep} from './feature.js';

export const exportFeatures = {
	/** Copies the output of one stage of the shown step's run to a file. `stage`: null for output outside of stages. */
	'copy-log': {
		isPossible: state => isOnStep(state) && selectRun(state) !== null,
		perform: ({store, backend}, {stage}: {stage: string | null}) =>
			void copyLog(store, backend().lineLogs, stage),
	},
	/** Writes a report of the session to a new file. */
	'save-report': {
		isPossible: state => state.screen === 'end' && !isCovered(state) && isIdle(state),
		perform: ({store, dependencies}) => void saveReport(store, dependencies),
	},
} satisfies FeatureTable;

/**
 * Copies a stage's output from the shown step's run to a new file beside the lab folder, or else in the folder where
 * the program was started, and shows a notice with its path. Does not reject if neither folder is writable.
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
	if (lineCount === 0) return say(problem ?? messages.session.files.nothingToCopy);
	const folders = [...new Set([path.dirname(state.labFolder), process.cwd()])];
	try {
		// Stage names are unchecked until a builder has read the Dockerfile.
		const suffix = stage === null ? '' : `-${stage.replaceAll(/[^\w.-]/g, '_')}`;
		const copy = await lines.copy(log, {folders, name: `${run.stepId}${suffix}`});
		say(messages.session.files.copied(copy.lineCount, copy.file), true);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		say(error.message);
	}
};

/** Writes a report to a new file. Shows a notice with its path or the problem. */
const saveReport = async (
	{getState, dispatch}: Store,
	{saveReport: save}: Pick<SessionDependencies, 'saveReport'>,
): Promise<void> => {
	try {
		const notice = messages.session.files.reportSaved(await save(getState()));
		dispatch({action: 'show-notice', notice, isGood: true});
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		dispatch({action: 'show-notice', notice: error.message});
	}
};
