import type {Stage} from '../stages/model.js';
import type {Prediction, Step} from '../workshop/model.js';
import {readNumber} from '../workshop/questions.js';
import {judgePrediction, type PredictedStage} from './select-builds.js';
import type {RunView} from './state.js';

/** How many options can be ticked: one for each digit from 1. */
export const maxOptions = 9;

/** A prediction beside what really happened. */
export type PredictionResult = {
	/** What could be ticked of a build, with what became of each; empty for other predictions. */
	ticks: PredictedStage[];
	/** What would have been right: names, lines, ports, or the seconds as a number. Not for what is in `ticks`. */
	real: string[];
	/** Null if the run does not answer it, e.g. because a stage came from the cache. */
	isRight: boolean | null;
};

/** Compares a prediction with the run of its step. Null if nothing was predicted, or the run says nothing about it. */
export const judgeRun = (
	step: Pick<Step, 'predict' | 'compare'>,
	given: string[],
	run: RunView,
): PredictionResult | null => {
	const {predict} = step;
	if (!predict || given.length === 0) return null;
	if (predict.about === 'stages' || predict.about === 'cached') return judgeBuild(predict, given, run);
	// Another command, or one that was cut short, answers nothing.
	if (run.isTyped || run.outcome?.ended !== 'exited') return null;
	const [said = ''] = given;
	if (predict.about === 'seconds') {
		const {seconds} = run.outcome;
		return {
			ticks: [],
			real: [String(seconds)],
			isRight: isAbout(readNumber(said), seconds, predict.tolerance),
		};
	}
	const real = findReal(predict, run);
	return real && {ticks: [], real, isRight: real.includes(said)};
};

const isAbout = (said: number | null, seconds: number, tolerance: number | null): boolean =>
	said !== null &&
	(tolerance === null ? said >= seconds / 2 && said <= seconds * 2 : Math.abs(said - seconds) <= tolerance);

/** What would have been right; null if the run does not show it. */
const findReal = (
	predict: Extract<Prediction, {about: 'line' | 'bigger' | 'port'}>,
	{output: {lines}, comparison}: RunView,
): string[] | null => {
	if (predict.about === 'line') {
		const printed = predict.choices.filter(choice => lines.some(line => line.includes(choice)));
		return printed.length > 0 || predict.otherwise === null ? printed : [predict.otherwise];
	}
	if (predict.about === 'bigger') return findBiggest(comparison ?? []);
	const ports = [...lines.join('\n').matchAll(new RegExp(predict.matches, 'gm'))];
	return ports.length === 0 ? null : [...new Set(ports.map(([, port = '']) => port))];
};

/** Sizes within 1 % count as the same, because engines measure the same image differently. */
const findBiggest = (images: NonNullable<RunView['comparison']>): string[] | null => {
	const most = Math.max(...images.map(({bytes}) => bytes ?? 0));
	const isKnown = images.length > 1 && images.every(({bytes}) => bytes !== null);
	return isKnown ? images.filter(({bytes}) => (bytes ?? 0) >= most * 0.99).map(({image}) => image) : null;
};

const judgeBuild = (
	predict: Extract<Prediction, {about: 'stages' | 'cached'}>,
	given: string[],
	{build}: RunView,
): PredictionResult | null => {
	if (!build) return null;
	const ticks =
		predict.about === 'stages'
			? judgePrediction(given, build.stages.slice(0, maxOptions))
			: judgeCached(predict.choices ?? build.stages.slice(0, maxOptions).map(({name}) => name), given, build);
	const known = ticks.flatMap(({isRight}) => isRight ?? []);
	return {ticks, real: [], isRight: known.length === 0 ? null : known.every(Boolean)};
};

/** Compares the stages or instructions that were expected from the cache with those that came from it. */
const judgeCached = (choices: string[], given: string[], {stages}: {stages: Stage[]}): PredictedStage[] =>
	choices.map(name => {
		const status = stages.find(stage => stage.name === name)?.status ?? instructionStatus(name, stages);
		const isExpected = given.includes(name);
		const isKnown = status === 'cached' || status === 'done' || status === 'failed' || status === 'skipped';
		return {name, isExpected, status, isRight: isKnown ? isExpected === (status === 'cached') : null};
	});

/** The status of the instructions that contain a text: of several, the first that did not come from the cache. */
const instructionStatus = (piece: string, stages: Stage[]): PredictedStage['status'] => {
	const found = stages.flatMap(({instructions}) => instructions).filter(({text}) => text.includes(piece));
	return (found.find(({status}) => status !== 'cached') ?? found[0])?.status ?? 'unknown';
};
