import type {EngineIdentity} from '../session/ports.js';
import {remoteQuestion} from '../session/remote-question.js';
import {UserError} from '../text/user-error.js';
import {createTerminalAsker} from './ask-terminal.js';

/** Asks before an engine on another machine is used, whatever `--yes` says. Rejects with a `UserError` without a yes. */
export const demandRemoteYes = async (identity: EngineIdentity): Promise<void> => {
	const question = remoteQuestion(identity);
	if (!question || (await createTerminalAsker(false)(question)) === 'yes') return;
	throw new UserError(
		`The engine at ${identity.endpoint} is not on this machine, and nothing was run there.`,
		{
			next: 'say yes to it on a terminal (`--yes` is not enough), or choose another engine with `docker context use`',
		},
	);
};
