import type {CheckDeclaration, RunFact, Verdict} from '../../checks/model.js';
import {readDocker} from '../../docker/command.js';
import {builderWords} from '../../text/builder-words.js';
import {imageName} from '../../text/image-name.js';
import type {Step} from '../../workshop/model.js';
import type {Conduct} from '../conduct.js';
import {judgeStep} from '../perform/judge-step.js';
import {selectUnmetNeeds} from '../select/select.js';
import type {SessionState} from '../state.js';
import type {LinePlan} from './plan-line.js';
import {planLine} from './plan-line.js';
import {readLine, type SimpleCommand} from './read-line.js';

/** How the shown step stands after a line of the learner's own. */
type Judged = {verdict: Verdict | null; notice: string | null};

type Line = {
	/** Before the line ran. */
	state: SessionState;
	plan: LinePlan;
	run: RunFact;
	/** What `judgeState` said before the line ran. */
	heldBefore: boolean;
};

const nothing: Judged = {verdict: null, notice: null};
const onlySay = (notice: string): Judged => ({verdict: null, notice});

/**
 * Judges the shown step by a line that has ended. A command of the same kind as the step's is judged as the step's own;
 * any other passes the step when it brings about the state that the step is about. What does neither is no failure: the
 * learner was looking around.
 */
export const judgeLine = async (step: Step, line: Line, conduct: Conduct): Promise<Judged> => {
	if (step.kind !== 'run' || step.command === null) return nothing;
	const wanted = readLine(step.command, 'sh').commands[0];
	const same = wanted && line.plan.read.commands.find(command => kindOf(command) === kindOf(wanted));
	if (!wanted || !same) return judgeOther(step, line, conduct);
	if (line.plan.needsTerminal && step.checks.some(({check}) => check === 'stdout' || check === 'stages')) {
		return onlySay(
			'The command used the terminal itself, so its output was not recorded and this step stays open.',
		);
	}
	const [need] = selectUnmetNeeds(line.state, step);
	if (need) return onlySay(`That ran. For this step, “${need.title}” has to pass first.`);
	const other = await otherThing(step, {wanted, same}, line, conduct);
	if (other) return onlySay(other);
	const verdict = await judgeStep(step, {engine: conduct.engine, lab: conduct.lab, run: line.run});
	return verdict.verdict === 'failed'
		? (mildly(step, line) ?? {verdict, notice: null})
		: {verdict, notice: null};
};

/** A line of another kind passes a step that is about a state alone, once it has changed that state. */
const judgeOther = async (step: Step, {state, heldBefore}: Line, conduct: Conduct): Promise<Judged> => {
	if (heldBefore || selectUnmetNeeds(state, step).length > 0 || !isAboutState(step)) return nothing;
	const verdict = await judgeStep(withoutExit(step), {...conduct, run: null});
	return verdict.verdict === 'passed' ? {verdict, notice: null} : nothing;
};

/** Whether the state that a step is about is there already; false where a step is about more than a state. */
export const judgeState = async (step: Step, conduct: Conduct): Promise<boolean> => {
	if (!isAboutState(step)) return false;
	const verdict = await judgeStep(withoutExit(step), {...conduct, run: null});
	return verdict.verdict !== 'failed';
};

const stateful: ReadonlyArray<CheckDeclaration['check']> = ['image', 'container'];

const isAboutState = ({kind, command, checks}: Step): boolean =>
	kind === 'run' &&
	command !== null &&
	checks.some(({check}) => stateful.includes(check)) &&
	checks.every(({check}) => check === 'exit' || stateful.includes(check));

/** How the learner got there is the learner's own business. */
const withoutExit = (step: Step): Step => ({
	...step,
	checks: step.checks.filter(({check}) => check !== 'exit'),
});

const askers = new Set([
	'curl',
	'wget',
	'http',
	'xh',
	'invoke-webrequest',
	'iwr',
	'invoke-restmethod',
	'irm',
]);

/** One word for all ways of doing the same. */
const kindOf = (command: SimpleCommand): string => {
	const docker = readDocker(command.words);
	if (docker) return `docker ${docker.verb}`;
	const program = (command.words[0] ?? '').replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');
	return askers.has(program.toLowerCase()) ? 'asking by HTTP' : program;
};

/** Says what a command of the right kind was about when it was about something else; null when it was not. */
const otherThing = async (
	step: Step,
	{wanted, same}: {wanted: SimpleCommand; same: SimpleCommand},
	{state, run}: Line,
	{engine}: Conduct,
): Promise<string | null> => {
	const docker = readDocker(wanted.words);
	if (docker?.verb === 'build') {
		return step.builder !== null && run.builder !== null && run.builder !== step.builder
			? `This step is about ${builderWords(step.builder)}; what built was ${builderWords(run.builder)}.`
			: null;
	}
	if (docker?.verb !== 'run') return null;
	const [image] = docker.operands;
	const used = readDocker(same.words)?.operands[0];
	if (image === undefined || used === undefined || imageName(used) === imageName(image)) return null;
	const {ids, names} = await engine.images();
	const usedId = names[imageName(used)] ?? ids.find(id => id.startsWith(`sha256:${used}`) || id === used);
	const rightIds = [
		names[imageName(image)],
		// A learner who has given the image another name goes on with that name.
		...step.needs.map(need => state.runs[need]?.build?.imageId),
	];
	const isRight = rightIds.some(
		id => id && usedId && (usedId === id || usedId.replace('sha256:', '').startsWith(id)),
	);
	return isRight ? null : `This step is about the image ${image}; what ran was ${used}.`;
};

/** What a build that does not pass the step is told when that is no mistake in what the step asks for. */
const mildly = (step: Step, {plan: {build}, run, state}: Line): Judged | null => {
	const own = ownBuild(step, state);
	if (!build || !own) return null;
	const isSeen = run.stages.some(({status}) => status === 'done' || status === 'cached');
	const hasFailed = run.stages.some(({status}) => status === 'failed');
	// Nothing was built, and the cause says why.
	if (run.exitCode !== 0 && !isSeen && !hasFailed) return null;
	if (build.dockerfile !== own.dockerfile) {
		return onlySay(
			`This step builds ${own.dockerfile}; what you built was ${build.dockerfile ?? 'another Dockerfile'}.`,
		);
	}
	return run.exitCode === 0 && !isSeen
		? onlySay(
				'The build ended well, but its output went where its stages can’t be seen: build it once more without that.',
			)
		: null;
};

const ownBuild = ({command}: Step, {builder, labFolder}: SessionState): LinePlan['build'] =>
	command === null
		? null
		: planLine(command, {
				dialect: 'sh',
				builder,
				cli: {version: '', buildx: null},
				folder: labFolder,
				labFolder,
			}).build;
