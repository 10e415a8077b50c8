import type {Builder} from '../../build/model.js';
import type {Verdict} from '../../checks/model.js';
import type {Conduct} from '../../session/conduct.js';
import {judgePatiently} from '../../session/perform/judge-patiently.js';
import {performSolution} from '../../session/perform/perform-step.js';
import {proveChallenge} from '../../session/perform/prove-challenge.js';
import type {RunView} from '../../session/state.js';
import {readWorkshopFile} from '../../storage/workshop-files.js';
import {UserError} from '../../text/user-error.js';
import type {Overlay, Step} from '../../workshop/model.js';
import type {StepSource} from '../../workshop/parse-chapter.js';
import type {Locate} from '../../workshop/parse-yaml.js';
import type {Problem} from '../../workshop/problems.js';
import type {OpenWorkshop} from '../open-workshop.js';
import {readAnswers} from '../read-answers.js';
import type {StartState} from './start-state.js';

/** What a challenge is proved with. */
export type Proving = {
	open: OpenWorkshop;
	conduct: Conduct;
	builder: Builder;
	start: StartState;
	/** Gets one sentence on each state that was judged. */
	say(sentence: string): void;
};

/**
 * Proves one challenge on the engine: its start state fails, its solution passes, and every attempt gets its finding.
 * What doesn't hold is returned, with its place. Rejects with a `UserError` when the engine can't be used.
 */
export const proveAnswers = async (step: Step, source: StepSource, proving: Proving): Promise<Problem[]> => {
	const problems: Problem[] = [];
	const start = await judgeStart(step, proving);
	proving.say(`${step.id}: the start state gets ${start.finding}.`);
	if (start.verdict === 'passed') {
		const place = source.locate(step.judge.length > 0 ? 'judge' : 'checks');
		const message = 'the start state passes already: nothing is left for the learner to do';
		problems.push({file: step.file, ...place, message});
	}
	for (const {overlay, locate} of readAnswers(step.id, proving.open.folder)) {
		if (proving.conduct.signal.aborted) break;
		const {verdict, views} = await judgeAnswer(step, overlay, proving);
		proving.say(`${overlay.overlay} gets ${verdict.finding}.`);
		if (verdict.finding === overlay.finding) continue;
		const message = `gets \`${verdict.finding}\` instead of \`${overlay.finding}\`: ${verdict.reason}`;
		problems.push({...placeOf(overlay, {locate, views}, proving.open.folder), message});
	}
	return problems;
};

const judgeStart = async (step: Step, {conduct, builder, start}: Proving): Promise<Verdict> =>
	start.tryOut(async lab => {
		const {verdict} = await proveChallenge(step, {builder}, {...conduct, lab});
		return known(verdict);
	});

const judgeAnswer = async (
	step: Step,
	overlay: Overlay,
	{conduct, builder, start}: Proving,
): Promise<{verdict: Verdict; views: RunView[]}> => {
	const views = new Map<string, RunView>();
	return start.tryOut(async lab => {
		const apart: Conduct = {...conduct, lab, onView: view => void views.set(view.runId, view)};
		const performed = await performSolution(step, overlay, {builder}, apart);
		const verdict = await judgePatiently(step, performed, apart);
		return {verdict: conduct.signal.aborted ? verdict : known(verdict), views: [...views.values()]};
	});
};

/** An engine that has gone says nothing about a workshop. */
const known = (verdict: Verdict): Verdict => {
	if (verdict.verdict === 'unknown') throw new UserError(verdict.reason, {next: verdict.next});
	return verdict;
};

/** Where an answer goes wrong: the line of its Dockerfile, its command that fails, or else the finding it names. */
const placeOf = (
	{overlay, commands}: Overlay,
	{locate, views}: {locate: Locate; views: RunView[]},
	folder: string,
): Omit<Problem, 'message'> => {
	const failed = views.findIndex(({outcome}) => outcome?.ended !== 'exited' || outcome.exitCode !== 0);
	const line = views[failed]?.build?.failure?.line ?? null;
	const dockerfile = views[failed]?.source?.dockerfile ?? null;
	if (line !== null && dockerfile !== null) {
		const file = `${overlay}/${dockerfile}`;
		if (readWorkshopFile(folder, file) !== null) return {file, line, column: 1};
	}
	const isOwn = failed >= 0 && failed < commands.length;
	return {file: `${overlay}/run.yaml`, ...(isOwn ? locate('commands', failed) : locate('finding'))};
};
