import {setTimeout as pause} from 'node:timers/promises';
import {judgeChecks} from '../checks/judge.js';
import type {Fact, ImageFact, RunFact, Verdict} from '../checks/model.js';
import {
	type CheckDeclaration,
	isAbout,
	listLoggedContainers,
	listProbedImages,
	needObjects,
	readLabFacts,
} from '../checks/registry.js';
import {normalizeImageName} from '../docker/image-ref.js';
import type {Step} from '../workshop/model.js';
import type {Engine, FactScope, LabFolder} from './ports.js';
import type {RunContext, StepResult} from './run-context.js';
import type {Comparison} from './state.js';

type FactSources = {engine: Engine; lab: LabFolder};

/** Reads the facts that a step's checks need, and judges them. `run`: the step's own run; null if there is none. */
export const judgeStep = async (step: Step, run: RunFact | null, sources: FactSources): Promise<Verdict> =>
	judgeChecks(step.checks, await readFacts(step, run, sources));

const readFacts = async (
	{id, checks}: Step,
	run: RunFact | null,
	{engine, lab}: FactSources,
): Promise<Fact[]> => {
	// A command may have failed because the engine is unavailable.
	const hasFailed = run !== null && run.exitCode !== 0;
	const engineFacts =
		hasFailed || checks.some(check => isAbout(check, 'engine'))
			? await engine.facts(scopeOf(checks, id))
			: [];
	return [...readLabFacts(checks, path => lab.read(path)), ...(run ? [run] : []), ...engineFacts];
};

/** The scope of the facts that checks need. `stepId`: the step or proof that they belong to. */
export const scopeOf = (checks: CheckDeclaration[], stepId: string): FactScope => {
	const portImages = listProbedImages(checks);
	return {
		probePorts: portImages.length > 0,
		portImages,
		loggedContainers: listLoggedContainers(checks),
		objects: needObjects(checks),
		stepId,
	};
};

/** Judges until the verdict is no longer `waiting`: a server gets five seconds to start, a health check a minute. */
export const judgeUntilSettled = async (
	step: Step,
	performed: Pick<StepResult, 'verdict' | 'run'>,
	runContext: FactSources & Pick<RunContext, 'signal'>,
): Promise<Verdict> => {
	let {verdict} = performed;
	while (verdict.finding === 'waiting' && !runContext.signal.aborted) {
		await pause(100);
		verdict = await judgeStep(step, performed.run, runContext);
	}
	return verdict;
};

/** The values that a step's output gives to later commands: each placeholder's first match. */
export const captureValues = ({capture}: Step, stdout: string): Record<string, string> =>
	Object.fromEntries(
		Object.entries(capture).flatMap(([name, expression]) => {
			const value = new RegExp(expression, 'm').exec(stdout)?.[1];
			return value === undefined ? [] : [[name, value]];
		}),
	);

/** The sizes and IDs of the images that a step compares; null if it compares none. */
export const compareImages = async (
	images: string[],
	engine: Engine,
	stepId: string,
): Promise<Comparison | null> => {
	if (images.length === 0) return null;
	const facts = await engine.facts({probePorts: false, stepId});
	const known = facts.filter((fact): fact is ImageFact => fact.fact === 'image');
	return images.map(image => {
		const tag = normalizeImageName(image);
		const found = known.find(({tags}) => tags.includes(tag));
		return found ? {image, id: found.id, bytes: found.bytes} : {image, id: null, bytes: null};
	});
};
