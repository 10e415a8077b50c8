import test, {type ExecutionContext} from 'ava';
import {atExit} from '../tools/at-exit.js';
import {isDeep} from '../tools/deep.js';
import {isPodman, type ListedEngine, listEngines, listPodmans} from './list-engines.js';
import {lockOneOf} from './lock-engine.js';
import {createTestEngine, type TestEngine} from './test-engine.js';

type EngineBody = (t: ExecutionContext, engine: TestEngine) => Promise<void> | void;

/** Declares one test; they run one after the other. */
export type DeclareEngineTest = (title: string, body: EngineBody) => void;

/** What most learners have. */
const usual = ['20', '26'];

/**
 * For groups about what differs between engines: ways to them, their answers, builds. Tests for 28 and 28c are declared
 * if these are up or required, those for 20 and 26 always. The newest come first, because fewer groups wait for them.
 */
export const everyEngine: readonly string[] = ['28', '28c', ...usual];

const required = new Set((process.env.REQUIRE_ENGINES ?? '').split(',').filter(Boolean));
const listed = [...listEngines(), ...listPodmans()];

const startWith = (name: string) => `test/engine/${isPodman(name) ? 'podman' : 'engine'} up ${name}`;

/** Declares tests that need an engine which is down: failing ones if it is required, else skipped ones. */
const declareDown =
	(name: string): DeclareEngineTest =>
	title => {
		const down = `${title} (engine ${name} is down: \`${startWith(name)}\`)`;
		if (required.has(name))
			test.serial(down, t => t.fail(`Engine ${name} is required but down: run \`${startWith(name)}\`.`));
		else test.skip(down, () => {});
	};

/** Milliseconds for one test: one that never ends would keep all who wait for its engine from being told, too. */
const patience = process.env.KILLS ? 60 * 60_000 : 8 * 60_000;

const within = async (milliseconds: number, work: Promise<void>): Promise<void> => {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		const message = `The test holds its engine for longer than ${milliseconds / 60_000} minutes.`;
		timer = setTimeout(() => reject(new Error(message)), milliseconds);
	});
	await Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** Gives back what the group before holds still: with `--match`, its last test may not run. */
let giveBack = async (): Promise<void> => {};

/** Declares tests that have an engine for themselves from the first of them to the last: any of these will do. */
const declareUp = (name: string, entries: ListedEngine[]) => {
	let left = 0;
	let held: Promise<{engine: TestEngine; release(): Promise<void>}> | null = null;
	const hold = async () => {
		await giveBack();
		const {locked, release} = await lockOneOf(entries);
		giveBack = release;
		atExit(() => void release());
		const engine = createTestEngine(locked);
		await engine.clean();
		return {engine, release};
	};
	const declare: DeclareEngineTest = (title, body) => {
		left++;
		test.serial(`${title} (engine ${name})`, async t => {
			held ??= hold();
			const {engine, release} = await held;
			try {
				await within(patience, Promise.resolve(body(t, engine)));
			} finally {
				if (--left === 0) await release();
			}
		});
	};
	return declare;
};

/**
 * Declares a group of tests for each of these private engines; by default 20 and 26, and every one with
 * `npm run test:all`. The group finds the engine clean, with the stand-ins of the base images, and holds it until its
 * last test is over; its tests run in their order, so later ones may build on earlier ones. Tests of other files wait
 * meanwhile.
 */
export const engineTests = (
	declareGroup: (declare: DeclareEngineTest, engineName: string) => void,
	names: readonly string[] = isDeep ? everyEngine : usual,
): void => {
	for (const name of names) {
		const entries = listed.filter(engine => engine.up && engine.version === name);
		if (entries.length > 0) declareGroup(declareUp(name, entries), name);
		else if (names !== everyEngine || usual.includes(name) || required.has(name))
			declareGroup(declareDown(name), name);
	}
};

/** Declares one test for each of these engines: a group of `engineTests` that has one member. */
export const engineTest = (title: string, body: EngineBody, names?: readonly string[]): void =>
	engineTests(declare => declare(title, body), names);
