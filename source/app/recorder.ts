import {execa} from 'execa';
import type {Fact} from '../checks/model.js';
import {scopeOf} from '../session/judge-step.js';
import {argvAsShown, planRun} from '../session/plan/run-plan.js';
import type {EngineIdentity, Outcome, Recording, Runner, RunRequest} from '../session/ports.js';
import type {Backend} from '../session/run-context.js';
import type {Builder} from '../stages/model.js';
import {engineGeneration, isRecorded, writeRecording} from '../storage/recordings.js';
import {inheritedEnvironment, locateProgram} from '../system/processes.js';
import type {Step} from '../workshop/model.js';
import {isChallenge, proofId} from '../workshop/steps.js';
import type {OpenWorkshop} from './open-workshop.js';
import type {StepReport} from './rehearse.js';
import {slimFacts, slimProgress} from './slim-recording.js';

/** Replace the socket and the host name of the recording machine, which are private. */
const neutralEndpoint = 'unix:///var/run/docker.sock';
const neutralHost = 'recorded-host';

type CapturedRun = Pick<Recording, 'chunks' | 'factsBefore'> & {request: RunRequest; outcome: Outcome | null};

/** Captures the runner's runs, and writes a recording of each step that ran a command. */
export const createRecorder = async (
	open: OpenWorkshop,
	{runner, engine}: Backend,
	identity: EngineIdentity,
) => {
	const recorded = {
		date: new Date().toISOString().slice(0, 10),
		standIn: await hasStandInImages(open.workshop.images),
	};
	const captures = new Map<string, CapturedRun>();
	const factsFor = async ({id, checks}: Step): Promise<Fact[]> =>
		slimFacts(await engine.facts(scopeOf(checks, id))).map(anonymizeFact);
	return {
		/** Runs commands, and captures their output. */
		runner: {
			...runner,
			start(request, onEvent, signal) {
				const chunks: Recording['chunks'] = [];
				const factsBefore: Fact[] = [];
				const capture: CapturedRun = {request, chunks, factsBefore, outcome: null};
				if (request.stepId !== null) captures.set(request.stepId, capture);
				const step = open.workshop.chapters.flatMap(({steps}) => steps).find(({id}) => id === request.stepId);
				const before =
					step && (isChallenge(step) || step.kind === 'blank') ? factsFor(step) : Promise.resolve([]);
				void before.then(facts => {
					factsBefore.push(...facts);
					runner.start(
						request,
						event => {
							if (event.type === 'output')
								chunks.push({t: event.at, stream: event.stream, bytes: Uint8Array.from(event.bytes)});
							if (event.type === 'ended') capture.outcome = event.outcome;
							onEvent(event);
						},
						signal,
					);
				});
			},
		} satisfies Runner,
		/** Writes the recordings of a step and of its proofs, with the current facts. */
		async keep({step}: StepReport): Promise<void> {
			const ids = [step.id, ...step.judge.map((_, index) => proofId(step, index))];
			const facts = await factsFor(step);
			for (const stepId of ids) {
				const capture = captures.get(stepId);
				if (!capture?.outcome) continue;
				const {request, factsBefore, chunks, outcome} = capture;
				const {argv, builder, format, targets} = request;
				writeRecording(open.folder, {
					stepId,
					argv: argvAsShown(argv),
					builder,
					format,
					...(targets && {targets}),
					engine: {...identity, context: 'default', environment: {}, endpoint: neutralEndpoint, recorded},
					factsBefore,
					chunks: format === 'rawjson' ? slimProgress(chunks) : chunks,
					outcome,
					facts,
				});
			}
		},
	};
};

const anonymizeFact = (fact: Fact): Fact =>
	fact.fact === 'engine' ? {...fact, hostname: neutralHost} : fact;

/** Whether any base image is a stand-in made for tests: these have a label. */
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
 * The builds among the steps that either builder can make and that have not been recorded with this one yet. Clears
 * their `needs`, because each is recorded on its own.
 */
export const selectStepsToRecord = (
	steps: Step[],
	{open, identity, builder}: {open: OpenWorkshop; identity: EngineIdentity; builder: Builder},
): Step[] =>
	steps
		.filter(({id, command, builder: fixed}) => {
			// `docker buildx` builds with BuildKit whichever is selected.
			const isBuild = command !== null && planRun(command, builder, identity.cli).build?.builder === builder;
			return (
				isBuild &&
				fixed === null &&
				!isRecorded(open.folder, engineGeneration(identity), {stepId: id, builder})
			);
		})
		.map(step => ({...step, needs: []}));
