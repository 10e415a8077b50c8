import {type ChainLink, describeChain} from '../checks/describe-chain.js';
import type {Verdict} from '../checks/model.js';
import {inDialect} from '../workshop/dialect.js';
import {fillPlaceholders} from './plan-run.js';
import {selectStep} from './select.js';
import type {RunView, SessionState} from './state.js';

/** The command of the shown step as the learner would type it, as far as it is known; null when it has none. */
export const selectCommandLine = (state: SessionState): string | null => {
	const {command} = selectStep(state);
	if (command === null) return null;
	return inDialect(fillPlaceholders(command, state.captured) ?? command, state.dialect);
};

/** The command of a run as the learner would have typed it; empty when it had none. */
export const selectRunLine = ({dialect}: SessionState, {commandLine}: RunView): string =>
	inDialect(commandLine, dialect);

/** The links of the port chain of a verdict, in order; empty without a container to speak of. */
export const selectChain = (verdict: Verdict): ChainLink[] => describeChain(verdict).links;
