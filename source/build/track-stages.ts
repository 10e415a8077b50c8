import {createBuildFacts} from './build-facts.js';
import type {BuildSituation} from './judge-stages.js';
import {locateFailure} from './locate-failure.js';
import type {Build, BuildEvent, BuildFormat, StageGraph} from './model.js';
import {createStageBoard, updateEntry} from './stage-board.js';
import {writeNotes} from './write-notes.js';

export type StageTracker = {
	/** Takes the next event. Returns the stage that a line of output belongs to; null for all else. */
	fold(event: BuildEvent): string | null;
	/** The build has ended. `exitCode`: null when it was ended by force or could not start. */
	end(exitCode: number | null, cancelled: boolean): void;
	/** The build as it stands; unchanged stages are the same objects again. `at`: seconds since it began, now. */
	snapshot(at?: number): Build;
};

/**
 * Folds the events of one build into its stages. `asked`: the format that was asked for; what is shown is what was
 * seen.
 */
export const createStageTracker = (graph: StageGraph, asked: BuildFormat): StageTracker => {
	const facts = createBuildFacts(asked);
	const board = createStageBoard(graph);
	let end: BuildSituation['end'] = null;

	const fold = (event: BuildEvent): string | null => {
		facts.read(event);
		if (!('id' in event) || event.event === 'mentioned') return null;
		const told = 'name' in event ? {name: event.name, inputs: 'inputs' in event ? event.inputs : []} : null;
		const found = event.id === null ? null : board.find(event.id, told);
		if (event.event === 'line') {
			// Looking up an image's digest is no output of the stage; loading it is.
			if (!found || (found.entry.isFrom && event.text.startsWith('resolve '))) {
				facts.readOutside(event);
				return null;
			}
			found.stage.lines.push(event.text);
			found.stage.version++;
			return found.stage.planned.name;
		}
		if (event.event === 'failed' && event.id !== null) {
			const failed = found ?? board.findImage(event.id);
			facts.fail(event.message, failed);
			if (failed) updateEntry(failed, event);
		} else if (found) updateEntry(found, event);
		return null;
	};

	return {
		fold,
		end(exitCode, isCancelled) {
			end = {isGood: exitCode === 0 && !isCancelled, isCancelled};
		},
		snapshot(at = 0) {
			const builder = facts.builder();
			const format = facts.format();
			const reported = end?.isGood || end?.isCancelled ? null : facts.failure(end !== null);
			const failure = reported && locateFailure(reported, graph);
			const now = end ? facts.lastAt() : Math.max(at, facts.lastAt());
			const situation = {graph, builder, isListing: facts.isListing(), end, failure};
			return {
				...facts.snapshot(),
				builder,
				format: format ?? asked,
				stages: board.describe(situation, now),
				seconds: Math.round((now - facts.firstAt()) * 1000) / 1000,
				failure,
				notes: [...writeNotes(graph, {format, isBuilt: end?.isGood === true}), ...board.notes()],
				cached: end?.isGood === true && board.isCached(situation),
			};
		},
	};
};
