import {isSameImageName} from '../docker/image-ref.js';
import {messages} from '../messages/index.js';
import type {Evidence, Fact, ImageFact, RunFact, Verdict} from './model.js';

/** Returns all facts of one kind, in order. */
export const selectFacts = <Kind extends Fact['fact']>(
	facts: Fact[],
	kind: Kind,
): Array<Extract<Fact, {fact: Kind}>> =>
	facts.filter((fact): fact is Extract<Fact, {fact: Kind}> => fact.fact === kind);

/** Returns how the step's command ended; null if it has not run. */
export const findRun = (facts: Fact[]): RunFact | null => selectFacts(facts, 'run').at(-1) ?? null;

export const findImage = (facts: Fact[], name: string): ImageFact | null =>
	selectFacts(facts, 'image').find(({tags}) => tags.some(tag => isSameImageName(tag, name))) ?? null;

/**
 * Whether less than these seconds have passed by the engine's clock. In five, a container, or its server, may still be
 * starting.
 */
export const isRecent = (since: number | null, facts: Fact[], seconds = 5): boolean => {
	const [engine] = selectFacts(facts, 'engine');
	return engine !== undefined && since !== null && engine.now - since < 1000 * seconds;
};

const judgedAs =
	(verdict: Verdict['verdict']) =>
	(finding: string, reason: string, next: string | null, evidence: Evidence | null = null): Verdict => ({
		verdict,
		finding,
		reason,
		next,
		evidence,
	});

export const passed = (reason: string, evidence: Evidence | null = null): Verdict =>
	judgedAs('passed')('passed', reason, null, evidence);

export const failed = judgedAs('failed');

/** An `unknown` verdict: the trouble is ours, not the learner's. */
export const unknown = judgedAs('unknown');

/** The verdict on a stage about which the build printed nothing. */
export const unreportedStage = (name: string): Verdict =>
	unknown('unclear', messages.checks.stages.unreported(name), messages.checks.stages.unreportedNext);
