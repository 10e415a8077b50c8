import type {Builder} from '../build/model.js';
import type {Fact} from '../checks/model.js';
import type {EngineIdentity, Recording} from '../session/ports.js';
import {readRecording, recordedEngines} from '../storage/recordings.js';
import {UserError} from '../text/user-error.js';
import {commandOf, isCommand} from '../workshop/is-command.js';
import {proofId} from '../workshop/proof-id.js';
import type {OpenWorkshop} from './open-workshop.js';

type Wanted = {stepId: string; builder: Builder | null};

/** The recordings of a workshop, of one engine at a time. Each is read once. */
export type RecordingLibrary = {
	/** `26`, `20`: newest first. */
	engines: string[];
	/** Goes over to the next engine. */
	nextEngine(): void;
	/** Null when there is none, or one of another command than the step runs now. Throws a `UserError` when it is damaged. */
	read(wanted: Wanted): Recording | null;
	/** The engine that was recorded. */
	identity(): EngineIdentity;
	/** Facts before a step's run; empty without a recording. */
	factsBefore(stepId: string): Fact[];
};

const builders: Array<Builder | null> = [null, 'buildkit', 'legacy'];

export const createRecordingLibrary = (open: OpenWorkshop): RecordingLibrary => {
	const {folder, workshop} = open;
	const engines = recordedEngines(folder);
	const stepIds = workshop.chapters.flatMap(({steps}) => steps.map(({id}) => id));
	const known = new Map<string, Recording | null>();
	let chosen = 0;
	const read = (wanted: Wanted): Recording | null => {
		const engine = engines[chosen] ?? '';
		const key = [engine, wanted.stepId, wanted.builder].join(' ');
		const recording = known.has(key) ? (known.get(key) ?? null) : readRecording(folder, engine, wanted);
		known.set(key, recording);
		return recording;
	};
	/** By whatever builder. */
	const readAny = (stepId: string): Recording | null => {
		for (const builder of builders) {
			const recording = read({stepId, builder});
			if (recording) return recording;
		}
		return null;
	};
	const readFirst = (ids: string[]): Recording | null => {
		for (const id of ids) {
			const recording = readAny(id);
			if (recording) return recording;
		}
		return null;
	};
	return {
		engines,
		nextEngine() {
			chosen = (chosen + 1) % engines.length;
		},
		read(wanted) {
			const recording = read(wanted);
			return recording && isOfStep(recording, open) ? recording : null;
		},
		identity() {
			const any = readFirst(stepIds);
			if (!any) throw new UserError('This workshop has no recordings.');
			// What leads to an engine is no part of what was recorded.
			return {...any.engine, context: 'default', environment: {}};
		},
		factsBefore: stepId => readAny(stepId)?.factsBefore ?? [],
	};
};

const isOfStep = ({stepId, argv}: Recording, {workshop, solutionOf}: OpenWorkshop): boolean => {
	const steps = workshop.chapters.flatMap(chapter => chapter.steps);
	const step = steps.find(
		one => one.id === stepId || one.judge.some((_, index) => proofId(one, index) === stepId),
	);
	if (!step) return false;
	const isSolved = step.kind === 'challenge' && step.judge.length === 0;
	const command = commandOf(stepId, step, isSolved ? solutionOf(step.id) : null);
	return command !== null && isCommand(command, argv);
};
