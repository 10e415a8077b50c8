import path from 'node:path';
import {emptyView} from '../empty-view.js';
import {selectStep} from '../select/select.js';
import type {SessionState} from '../state.js';
import {sessionEnvironment} from '../typed/session-environment.js';
import type {CurrentWorld, SessionParts} from '../world.js';

/**
 * Opens a file of the lab folder in the learner's editor, which gets the terminal. Resolves when that has ended, with
 * one sentence when it could not be opened.
 */
export const openInEditor = async (
	file: string,
	state: SessionState,
	{parts, world, signal}: {parts: SessionParts; world: CurrentWorld; signal: AbortSignal},
): Promise<string | null> => {
	const {lab, lender} = parts;
	const env = sessionEnvironment(parts.environment, state.shell);
	const editor = parts.findEditor(env);
	if (!editor) return noEditor;
	const {runId} = emptyView(selectStep(state), '');
	const request = {
		runId,
		stepId: null,
		argv: [...editor, path.join(lab.path, file)],
		onTerminal: true,
		cwd: lab.path,
		env,
		builder: null,
		format: null,
	};
	const use = () =>
		new Promise<string | null>(resolve => {
			world().runner.start(
				request,
				event => {
					if (event.type !== 'ended') return;
					resolve(event.outcome.ended === 'could-not-start' ? event.outcome.message : null);
				},
				signal,
			);
		});
	return lender.lend({heading: null, waits: false, signal}, use);
};

const noEditor =
	'No editor was found. Type `:` and name yours, as in `export EDITOR=nano`, or open the file in another window.';
