import process from 'node:process';
import type {Session} from '../session/state.js';

/**
 * Ctrl-C where it is a signal: cancels what runs, a second time by force; else asks whether to leave, if somebody is
 * there to answer. False when it is to end the program.
 */
export const interrupt = (session: Session): boolean => {
	const {runningStepId, question, ending} = session.getState();
	if (ending) return false;
	// The terminal shows `^C` where the cursor stands.
	if (process.stdout.isTTY) process.stdout.write('\n');
	if (runningStepId !== null) session.send({intent: 'cancel'});
	else if (question || !process.stdin.isTTY) return false;
	else session.send({intent: 'quit'});
	return true;
};
