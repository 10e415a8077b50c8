import type {Root} from 'mdast';
import {type ChainLink, describeChain} from '../checks/kinds/port-chain.js';
import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {translateCommand, translateSentence, translateText} from '../workshop/dialect.js';
import {selectBody} from '../workshop/markdown.js';
import {
	describePlaceholder,
	missingPlaceholders,
	replaceLocalhost,
	showPlaceholders,
} from './plan/run-plan.js';
import {selectStep} from './select.js';
import type {RunView, SessionState} from './state.js';

/**
 * The command of the shown step as the learner would type it, with `<name>` for what an earlier step has yet to find
 * out; null when it has none.
 */
export const selectCommandLine = (state: SessionState): string | null => {
	const {command} = selectStep(state);
	if (command === null) return null;
	return translateCommand(withEngineAddress(showPlaceholders(command, state.captured), state), state.dialect);
};

/** A command with the address at which this engine's published ports are reached. */
const withEngineAddress = (command: string, {engine}: SessionState): string =>
	engine.status === 'ready' ? replaceLocalhost(command, engine.identity.address) : command;

/** What the shown challenge is judged by, as the learner would type it; empty when it is judged without a run. */
export const selectProofLines = (state: SessionState): string[] =>
	selectStep(state).judge.map(({run}) => translateCommand(withEngineAddress(run, state), state.dialect));

/**
 * Sentences that explain the shown command: where the values come from that it still lacks, the address it asks, and the
 * files that have one more line while it runs.
 */
export const selectCommandNotes = (state: SessionState): string[] => {
	const {command, edit, judge, kind} = selectStep(state);
	const placeholders = missingPlaceholders(command ?? '', state.captured).map(name =>
		describePlaceholder(name, state.workshop),
	);
	const hasOtherAddress = command !== null && withEngineAddress(command, state) !== command;
	const identity = state.engine.status === 'ready' && hasOtherAddress ? state.engine.identity : null;
	const {portsOnHost, portsElsewhere} = messages.session.step;
	const files = [edit, ...judge.map(proof => proof.edit)].flatMap(one => (one ? [one.file] : []));
	const {lineWhileRunning, lineWhileJudged} = messages.session.step;
	return [
		...placeholders,
		...(identity ? [(identity.inContainer ? portsOnHost : portsElsewhere)(identity.address)] : []),
		...[...new Set(files)].map(kind === 'challenge' ? lineWhileJudged : lineWhileRunning),
	];
};

/** The command of a run as the learner would have typed it; empty when it had none. */
export const selectRunLine = ({dialect}: SessionState, {commandLine, isTyped}: RunView): string =>
	isTyped ? commandLine : translateCommand(commandLine, dialect);

/** A sentence for the learner, its commands in the dialect shown. */
export const selectSentence = ({dialect}: SessionState, sentence: string): string =>
	translateSentence(sentence, dialect);

/** The links of the port chain of a verdict, in order; empty without a container to speak of. */
export const selectChain = (verdict: Verdict): ChainLink[] => describeChain(verdict);

/** A text of the workshop without what does not hold here, its commands in the dialect shown. */
export const selectText = ({engine, dialect}: SessionState, text: Root): Root => {
	const identity = engine.status === 'ready' ? engine.identity : null;
	const body = selectBody(text, {
		store: identity?.store ?? null,
		// Podman's own docker command has no version of Docker's: what it prints is nearest to the newest.
		cli:
			!identity || identity.cli.version === identity.cli.podman
				? null
				: Number.parseInt(identity.cli.version, 10),
		shell: dialect,
	});
	return translateText(body, dialect);
};
