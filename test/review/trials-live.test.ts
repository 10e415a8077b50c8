import {setTimeout as pause} from 'node:timers/promises';
import {createReviewEngine, runTrial} from '../../source/app/try-out.js';
import {judgeChecks} from '../../source/checks/judge.js';
import {createLiveEngine} from '../../source/engine/live-engine.js';
import {createRandom} from '../../source/review/random.js';
import {simulateTrial, whoamiCheck} from '../../source/review/simulate-trial.js';
import {generatedItems} from '../../source/review/sources.js';
import {nothingObserved, type Observation, type Trial} from '../../source/review/trial.js';
import {inheritedEnvironment} from '../../source/system/processes.js';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {buildWhoami} from '../lab-states/lab-images.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {deep} from '../tools/deep.js';
import {runCli} from '../tools/run-cli.js';

const random = createRandom(2026);

/** Items drawn at random, each with one of its answers, right or wrong. Each kind is among the first of them. */
const drawn = Array.from({length: deep(18, 100)}, (_, index) => {
	const {kinds} = generatedItems;
	const kind = kinds[index < 2 * kinds.length ? index % kinds.length : random.below(kinds.length)] ?? '';
	const seed = random.below(2 ** 31);
	const item = generatedItems.create(kind, seed);
	const answers = [item.right, item.right, ...item.wrong.map(({answer}) => answer)];
	return {kind, seed, item, answer: answers[random.below(answers.length)] ?? ''};
});

/** Runs trials on an engine, one after the other. */
const openLive = async (
	engine: TestEngine,
): Promise<{run(trial: Trial): Promise<Observation>; close(): Promise<void>}> => {
	const env = {...inheritedEnvironment(), ...engine.env};
	const live = createLiveEngine({env, ledgerImageIds: () => [], stepContainerIds: () => []});
	const identity = await live.identity();
	const trialEngine = createReviewEngine({engine: live, identity, state: temporaryFolder()});
	return {
		run: trial =>
			trial.commands[0]?.argv[1] === 'run' ? runWhoami(trial, engine, live) : runTrial(trial, trialEngine),
		close: trialEngine.close,
	};
};

/** Runs whoami on a free port of the host, in place of the one that the item names. */
const runWhoami = async (
	{commands: [command]}: Trial,
	{docker, freePort}: TestEngine,
	live: ReturnType<typeof createLiveEngine>,
): Promise<Observation> => {
	const [, ...argv] = command?.argv ?? [];
	const at = argv.indexOf('-p') + 1;
	const [named = '', inside] = argv[at]?.split(':') ?? [];
	const free = await freePort();
	const id = await docker(...(at > 0 ? argv.with(at, `${free}:${inside}`) : argv));
	try {
		for (;;) {
			const facts = await live.facts({probePorts: true, portImages: ['whoami'], stepId: null});
			const own = facts.filter(fact => fact.fact !== 'container' || fact.id === id);
			const {finding, reason} = judgeChecks([whoamiCheck], own);
			const hostPort = finding === 'passed' ? Number(named) : null;
			if (finding !== 'waiting') return {...nothingObserved, port: {finding, reason, hostPort}};
			await pause(250);
		}
	} finally {
		await docker('rm', '-f', id);
	}
};

engineTests(
	declare => {
		declare('items are judged the same on an engine and by reading', async (t, engine) => {
			await buildWhoami(engine);
			const disagreements: string[] = [];
			const judge = async (
				{kind, seed, item, answer}: (typeof drawn)[number],
				{run}: Awaited<ReturnType<typeof openLive>>,
			): Promise<void> => {
				const trial = item.trialOf(answer);
				const live = trial && (await run(trial));
				const found = item.judge(answer, live).finding;
				const read = item.judge(answer, trial && simulateTrial(trial)).finding;
				const isSame = found === read && (!item.choices || item.judge(item.right, live).verdict === 'right');
				if (!isSame) disagreements.push(`${kind} ${seed}: ${answer}: ${found}, not ${read}`);
			};
			// One after the other, as in a review: builds at the same time may push each other's results out of the cache.
			const live = await openLive(engine);
			for (const one of drawn) await judge(one, live);
			await live.close();
			t.deepEqual(disagreements, []);
		});
		declare('a review builds what is answered, and says so', async (t, {env}) => {
			const {stdout, stderr} = await runCli(['review'], {env, stdin: '1\n\n\n\n\n'});
			t.regex(stderr, /^What can be built is built on your engine, 26\./);
			t.regex(stdout, /^Trying it out on your engine…$/m);
			t.regex(stdout, /^(?:Right|Not quite)\. /m);
		});
		declare('a trial leaves no image and no container behind', async (t, {docker}) => {
			t.is(await docker('ps', '-aq'), '');
			t.notRegex(await docker('image', 'ls', '--format', '{{.Repository}}'), /review/);
		});
	},
	['26'],
);
