import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {judgeChecks} from '../../source/checks/judge.js';
import type {Fact, RunFact, Verdict} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {type DockerCommand, parseDockerCommand} from '../../source/docker/command.js';
import {createLiveEngine} from '../../source/engine/live-engine.js';
import {simulateBuild} from '../../source/simulate/images.js';
import type {LabFiles, SimulatedEngine} from '../../source/simulate/model.js';
import {
	createSimulatedEngine,
	describeEngine,
	simulateCommand,
} from '../../source/simulate/simulated-engine.js';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {bringAbout} from '../lab-states/bring-about.js';
import {judgeState} from '../lab-states/judge-state.js';
import {buildLabImages, imageId} from '../lab-states/lab-images.js';
import {fillIn, type LabState, type Placeholders} from '../lab-states/lab-state.js';
import {rightStates} from '../lab-states/right-states.js';
import {sideBySide} from '../lab-states/side-by-side.js';
import {wrongStates} from '../lab-states/wrong-states.js';

/** What another program does on this machine is in no command. */
const states = [...rightStates, ...wrongStates].filter(({isHostTaken}) => !isHostTaken);

/** What these images run stands in files that nobody can judge by reading. */
const isUnreadable = ({commands}: LabState): boolean =>
	commands.some(command => /\b(?:tricky|stranger|own-base)\b/.test(command));

const lab: CheckDeclaration = {
	check: 'port-chain',
	image: 'whoami',
	forbiddenPorts: [80],
	finding: 'not-reached',
	hint: 'Run whoami.',
};

const fixtures: LabFiles = {
	read: file => {
		const place = path.join('test/fixtures/lab-images', file);
		return existsSync(place) ? readFileSync(place, 'utf8') : null;
	},
	readShipped: () => null,
	isChanged: () => false,
};

/** The engine as it is, but for its containers; the derived images are built by reading. */
const begin = async ({env}: TestEngine): Promise<SimulatedEngine> => {
	const live = createLiveEngine({env, ledgerImageIds: () => [], stepContainerIds: () => []});
	const facts = await live.facts({probePorts: false, stepId: null});
	const dockerfile = 'whoami/Dockerfile';
	const text = readFileSync(path.join('workshops/multi-stage', dockerfile), 'utf8');
	let engine = createSimulatedEngine(
		facts.filter(({fact}) => fact !== 'container'),
		[{tag: 'whoami', dockerfile, target: undefined, text}],
	);
	for (const context of ['derived-cmd', 'derived-entrypoint']) {
		const asked = {
			dockerfile: `${context}/Dockerfile`,
			context,
			target: undefined,
			tags: [context],
			buildArgs: [],
		};
		({engine} = simulateBuild(engine, asked, fixtures));
	}
	return engine;
};

const simulate = (begun: SimulatedEngine, {commands}: LabState, values: Placeholders): Verdict => {
	let engine = begun;
	let run: RunFact | null = null;
	let why: string | null = null;
	for (const command of commands) {
		const words = ['docker', ...fillIn(command, values).split(' ')];
		const docker = parseDockerCommand(words) as DockerCommand;
		const simulated = simulateCommand(engine, {docker, build: null}, fixtures);
		({engine} = simulated);
		why ??= simulated.unclear;
		const {exitCode, stdout, stderr} = simulated;
		const rest = {stepId: 'lab-port', builder: null, stages: [], endedAt: engine.now};
		run = {fact: 'run', exitCode, stdout, stderr, ...rest};
	}
	const unclear: Fact[] = why === null ? [] : [{fact: 'unclear', reason: why}];
	return judgeChecks([lab], [...describeEngine(engine, []), ...unclear, ...(run ? [run] : [])]);
};

/** What learners are told of the chain, but for what the engine chooses itself. */
const chainOf = ({evidence}: Verdict, {HOST, OTHER}: Placeholders) => ({
	listening: evidence?.listening,
	exposed: evidence?.exposed.toSorted(),
	published: [
		...new Set(
			evidence?.published.map(({hostPort, containerPort, protocol}) => {
				const host = [HOST, OTHER].includes(String(hostPort)) ? hostPort : 'any';
				return `${host}:${containerPort}/${protocol}`;
			}),
		),
	].sort(),
	status: evidence?.answer?.status,
});

/** Both judges at the same state. */
const judgeBoth = async (engine: TestEngine, begun: SimulatedEngine, state: LabState) => {
	const brought = await bringAbout(engine, state);
	try {
		const real = await judgeState(engine, brought);
		return {real, simulated: simulate(begun, state, brought.values), values: brought.values};
	} finally {
		await brought.clear();
	}
};

const readable = states.filter(state => !isUnreadable(state));
const unreadable = states.filter(isUnreadable);
const someValues = {HOST: '8050', OTHER: '8051', NAME: 'mine', SECOND: 'other', NET: 'net'};

engineTests((declare, engineName) => {
	if (engineName !== '26') return;
	let begun: SimulatedEngine;
	let judged: Array<ReturnType<typeof judgeBoth>> = [];
	declare('the images of the lab states are built', async (t, engine) => {
		for (const id of await buildLabImages(engine)) t.regex(id, imageId);
		begun = await begin(engine);
		judged = sideBySide(readable, 6, state => judgeBoth(engine, begun, state));
	});
	for (const [index, {title, finding}] of readable.entries()) {
		declare(`${finding}, simulated as on the engine: ${title}`, async t => {
			const both = await judged[index];
			if (!both) return t.fail();
			const {real, simulated, values} = both;
			t.is(simulated.finding, real.finding, simulated.reason);
			t.is(simulated.verdict, real.verdict);
			t.deepEqual(chainOf(simulated, values), chainOf(real, values));
			t.regex(simulated.reason, /by reading your command; nothing ran/);
		});
	}
	for (const state of unreadable) {
		declare(`${state.finding}, which nobody can read: ${state.title}`, t => {
			const verdict = simulate(begun, state, someValues);
			t.is(verdict.verdict, 'unknown');
			t.is(verdict.finding, 'unclear', verdict.reason);
		});
	}
});
