import {readGraph} from '../../build/read-graph.js';
import {judgeChecks} from '../../checks/judge.js';
import type {CheckDeclaration, Fact, RunFact, Verdict} from '../../checks/model.js';
import type {Step} from '../../workshop/model.js';
import type {Engine, LabFolder} from '../ports.js';

const asksEngine = ({check}: CheckDeclaration): boolean =>
	check === 'image' || check === 'container' || check === 'port-chain';

/** Reads the facts that a step's checks speak of, and judges them. `run`: the step's own run, null without one. */
export const judgeStep = async (
	step: Step,
	{engine, lab, run}: {engine: Engine; lab: LabFolder; run: RunFact | null},
): Promise<Verdict> => judgeChecks(step.checks, await readFacts(step, {engine, lab, run}));

const readFacts = async (
	{id, checks}: Step,
	{engine, lab, run}: {engine: Engine; lab: LabFolder; run: RunFact | null},
): Promise<Fact[]> => {
	const files = checks.flatMap((check): Fact[] => {
		if (check.check === 'file') return [{fact: 'file', path: check.path, text: lab.read(check.path)}];
		return check.check === 'dockerfile' ? [dockerfileFact(check.path, lab.read(check.path))] : [];
	});
	const portImages = checks.flatMap(check => (check.check === 'port-chain' ? [check.image] : []));
	const scope = {probePorts: portImages.length > 0, portImages, stepId: id};
	// What failed because the engine has gone is no fault of the learner's.
	const hasFailed = run !== null && run.exitCode !== 0;
	const seen = hasFailed || checks.some(asksEngine) ? await engine.facts(scope) : [];
	return [...files, ...(run ? [run] : []), ...seen];
};

const dockerfileFact = (path: string, text: string | null): Fact => {
	const {stages, reachable} = readGraph(text);
	return {fact: 'dockerfile', path, stages: stages.map(({name}) => name), needed: reachable};
};
