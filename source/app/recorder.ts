import {execa} from 'execa';
import type {Fact} from '../checks/model.js';
import {listProbedImages} from '../checks/registry.js';
import {argvAsShown, planRun} from '../session/plan/run-plan.js';
import type {EngineIdentity, Outcome, Recording, Runner, RunRequest} from '../session/ports.js';
import type {Backend} from '../session/run-context.js';
import type {Builder} from '../stages/model.js';
import {engineGeneration, isRecorded, writeRecording} from '../storage/recordings.js';
import {inheritedEnvironment, locateProgram} from '../system/processes.js';
import type {Step} from '../workshop/model.js';
import {proofId} from '../workshop/steps.js';
import type {OpenWorkshop} from './open-workshop.js';
import type {StepReport} from './rehearse.js';

/** Where a recording claims to have been made: the real socket and host name of the recording machine are nobody's business. */
const neutralEndpoint = 'unix:///var/run/docker.sock';
const neutralHost = 'recorded-host';

type CapturedRun = Pick<Recording, 'chunks' | 'factsBefore'> & {request: RunRequest; outcome: Outcome | null};

/** Listens to the runner and writes a recording of each step that ran a command. */
export const createRecorder = async (
	open: OpenWorkshop,
	{runner, engine}: Backend,
	identity: EngineIdentity,
) => {
	const recorded = {
		date: new Date().toISOString().slice(0, 10),
		standIn: await hasStandInImages(open.workshop.images),
	};
	const taken = new Map<string, CapturedRun>();
	const factsFor = async ({id, checks}: Step): Promise<Fact[]> =>
		(await engine.facts({probePorts: listProbedImages(checks).length > 0, stepId: id})).map(anonymizeFact);
	return {
		/** Runs as ever, and keeps what is printed. */
		runner: {
			...runner,
			start(request, onEvent, signal) {
				const chunks: Recording['chunks'] = [];
				const factsBefore: Fact[] = [];
				const take: CapturedRun = {request, chunks, factsBefore, outcome: null};
				if (request.stepId !== null) taken.set(request.stepId, take);
				const step = open.workshop.chapters.flatMap(({steps}) => steps).find(({id}) => id === request.stepId);
				const before = step?.kind === 'challenge' ? factsFor(step) : Promise.resolve([]);
				void before.then(facts => {
					factsBefore.push(...facts);
					runner.start(
						request,
						event => {
							if (event.type === 'output')
								chunks.push({t: event.at, stream: event.stream, bytes: Uint8Array.from(event.bytes)});
							if (event.type === 'ended') take.outcome = event.outcome;
							onEvent(event);
						},
						signal,
					);
				});
			},
		} satisfies Runner,
		/** After a step: writes its recording, and those of its proofs, with the facts as they are now. */
		async keep({step}: StepReport): Promise<void> {
			const ids = [step.id, ...step.judge.map((_, index) => proofId(step, index))];
			const facts = await factsFor(step);
			for (const stepId of ids) {
				const take = taken.get(stepId);
				if (!take?.outcome) continue;
				const {request, factsBefore, chunks, outcome} = take;
				const {argv, builder, format} = request;
				writeRecording(open.folder, {
					stepId,
					argv: argvAsShown(argv),
					builder,
					format,
					engine: {...identity, context: 'default', environment: {}, endpoint: neutralEndpoint, recorded},
					factsBefore,
					chunks,
					outcome,
					facts,
				});
			}
		},
	};
};

const anonymizeFact = (fact: Fact): Fact =>
	fact.fact === 'engine' ? {...fact, hostname: neutralHost} : fact;

/** Base images that were made for tests carry a label; the real ones don't. */
const hasStandInImages = async (images: string[]): Promise<boolean> => {
	const format = '{{index .Config.Labels "multistage-workshop.stand-in"}}';
	const {stdout} = await execa(
		locateProgram('docker', inheritedEnvironment()),
		['image', 'inspect', '--format', format, ...images],
		{
			reject: false,
		},
	);
	return stdout.includes('true');
};

/**
 * The builds among the steps that either builder can make and that were not recorded with this one yet. They need
 * nothing of one another: each is recorded as it is.
 */
export const selectStepsToRecord = (
	steps: Step[],
	{open, identity, builder}: {open: OpenWorkshop; identity: EngineIdentity; builder: Builder},
): Step[] =>
	steps
		.filter(({id, command, builder: fixed}) => {
			const isBuild = command !== null && planRun(command, builder, identity.cli).build !== null;
			return (
				isBuild &&
				fixed === null &&
				!isRecorded(open.folder, engineGeneration(identity), {stepId: id, builder})
			);
		})
		.map(step => ({...step, needs: []}));
