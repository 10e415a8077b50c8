import {execa} from 'execa';
import type {Fact} from '../checks/model.js';
import {argvAsShown} from '../session/perform/plan-run.js';
import type {EngineIdentity, Outcome, Recording, Runner, RunRequest} from '../session/ports.js';
import type {World} from '../session/world.js';
import {writeRecording} from '../storage/recordings.js';
import {inheritedEnvironment} from '../system/inherited-environment.js';
import {locateProgram} from '../system/locate-program.js';
import type {Step} from '../workshop/model.js';
import {proofId} from '../workshop/proof-id.js';
import type {OpenWorkshop} from './open-workshop.js';
import type {StepReport} from './rehearse.js';

/** Where a recording claims to have been made: the real socket and host name of the recording machine are nobody's business. */
const neutralEndpoint = 'unix:///var/run/docker.sock';
const neutralHost = 'recorded-host';

type Taken = Pick<Recording, 'chunks' | 'factsBefore'> & {request: RunRequest; outcome: Outcome | null};

/** Listens to the runner and writes a recording of each step that ran a command. */
export const createRecorder = async (
	open: OpenWorkshop,
	{runner, engine}: World,
	identity: EngineIdentity,
) => {
	const recorded = {
		date: new Date().toISOString().slice(0, 10),
		standIn: await areStandIns(open.workshop.images),
	};
	const taken = new Map<string, Taken>();
	const factsFor = async ({id, checks}: Step): Promise<Fact[]> =>
		(await engine.facts({probePorts: checks.some(({check}) => check === 'port-chain'), stepId: id})).map(
			neutral,
		);
	return {
		/** Runs as ever, and keeps what is printed. */
		runner: {
			...runner,
			start(request, onEvent, signal) {
				const chunks: Recording['chunks'] = [];
				const factsBefore: Fact[] = [];
				const take: Taken = {request, chunks, factsBefore, outcome: null};
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

const neutral = (fact: Fact): Fact => (fact.fact === 'engine' ? {...fact, hostname: neutralHost} : fact);

/** Base images that were made for tests carry a label; the real ones don't. */
const areStandIns = async (images: string[]): Promise<boolean> => {
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
