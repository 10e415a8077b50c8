import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import type {ContainerFact, Fact, ImageFact} from '../../source/checks/model.js';
import {executeCleanup} from '../../source/engine/cleanup.js';
import type {CleanupItem, CleanupResult, EngineObjects, LedgerEntry} from '../../source/ownership/ledger.js';
import {planCleanup} from '../../source/ownership/plan-cleanup.js';
import {engineTests} from './engines.js';
import {engineOf, scope} from './live-engines.js';
import {temporaryFolder} from './temporary-folder.js';
import type {TestEngine} from './test-engine.js';

const newContext = (dockerfile: string): string => {
	const folder = temporaryFolder('context');
	writeFileSync(path.join(folder, 'Dockerfile'), dockerfile);
	return folder;
};

const build = async (
	{env}: TestEngine,
	tag: string,
	dockerfile: string,
	builder: '0' | '1',
): Promise<void> => {
	await execa('docker', ['build', '-t', tag, newContext(dockerfile)], {
		env: {...env, DOCKER_BUILDKIT: builder},
		stdin: 'ignore',
	});
};

/** Builds as a step does, and writes into the ledger what was not there before. */
const buildAsOurs = async (
	engine: TestEngine,
	...build_: [string, string, '0' | '1']
): Promise<LedgerEntry[]> => {
	const live = engineOf(engine.env);
	const before = await live.images();
	await build(engine, ...build_);
	const after = await live.images();
	const [name] = build_;
	const id = after.names[name] ?? '';
	// The engine lists what is newest first, and a ledger begins with what is oldest.
	const made = after.ids.filter(one => !before.ids.includes(one)).reverse();
	return [
		...made.map((one): LedgerEntry => ({kind: 'image', engine: 'x', id: one})),
		{kind: 'name', engine: 'x', name, id, before: before.names[name] ?? null},
	];
};

const only = <Kind extends Fact['fact']>(facts: Fact[], kind: Kind) =>
	facts.filter((fact): fact is Extract<Fact, {fact: Kind}> => fact.fact === kind);

const look = async ({
	env,
}: TestEngine): Promise<{
	images: ImageFact[];
	containers: ContainerFact[];
	things: EngineObjects;
}> => {
	const facts = await engineOf(env).facts({...scope, allImages: true});
	return {
		images: only(facts, 'image'),
		containers: only(facts, 'container'),
		things: await engineOf(env).things(),
	};
};

const cleanUp = async (
	engine: TestEngine,
	ledger: LedgerEntry[],
): Promise<CleanupResult & {reported: CleanupItem[]}> => {
	const {images, containers, things} = await look(engine);
	const reported: CleanupItem[] = [];
	const result = await executeCleanup(planCleanup(ledger, {images, containers, things}), engine.env, item =>
		reported.push(item),
	);
	return {...result, reported};
};

const dockerfile = (word: string): string =>
	`FROM alpine:3.13 AS base\nENV WORD=${word}\nRUN echo ${word} >/word\nFROM base AS test\nRUN echo test >/test\nFROM alpine:3.13\nCOPY --from=base /word /\nCMD ["cat", "/word"]\n`;

const seen = async (
	engine: TestEngine,
): Promise<{ids: string[]; names: Record<string, string>; containers: string[]}> => {
	const {containers} = await look(engine);
	const {ids, names} = await engineOf(engine.env).images();
	return {ids: ids.toSorted(), names, containers: containers.map(({name}) => name).toSorted()};
};

engineTests(declare => {
	for (const builder of ['0', '1'] as const) {
		declare(
			`nothing of ours is left, and all of the learner’s, with DOCKER_BUILDKIT=${builder}`,
			async (t, engine) => {
				const {docker} = engine;
				await docker('run', '--name', `theirs-${builder}`, 'alpine:3.13', 'true');
				await build(engine, 'theirs:latest', dockerfile('theirs'), builder);
				await docker('tag', 'theirs:latest', 'simple:latest');
				await docker('run', '-d', '--name', `unnamed-${builder}`, 'simple:latest', 'sleep', '60');
				const before = await seen(engine);
				const ledger = [
					...(await buildAsOurs(engine, 'simple:latest', dockerfile('one'), builder)),
					...(await buildAsOurs(engine, 'simple:latest', dockerfile('two'), builder)),
					...(await buildAsOurs(engine, 'simple:test', dockerfile('two'), builder)),
				];
				await docker('run', '--name', 'ours', 'simple:latest');
				await docker('run', '-d', '--name', 'lab', '-v', '/data', 'simple:test', 'sleep', '60');
				const {removed, kept, reported} = await cleanUp(engine, ledger);
				t.deepEqual(kept, []);
				t.deepEqual(reported, removed);
				t.deepEqual(
					removed
						.filter(({kind}) => kind === 'container')
						.map(({name}) => name)
						.toSorted(),
					['lab', 'ours'],
				);
				t.deepEqual(await seen(engine), before);
				t.is(await docker('volume', 'ls', '-q'), '');
				t.deepEqual((await cleanUp(engine, ledger)).removed, []);
				await docker('rm', '-f', `theirs-${builder}`, `unnamed-${builder}`);
				await docker('rmi', '-f', 'theirs:latest', 'simple:latest');
			},
		);
	}

	declare('an image of ours that the learner built on stays, with the engine’s reason', async (t, engine) => {
		const ledger = await buildAsOurs(engine, 'simple:latest', dockerfile('three'), '0');
		await build(engine, 'derived:latest', 'FROM simple:latest\nENV MORE=1\n', '0');
		const {kept} = await cleanUp(engine, ledger);
		const {names, ids} = await engineOf(engine.env).images();
		t.is(names['simple:latest'], undefined);
		t.truthy(names['derived:latest']);
		for (const {kind, id, reason} of kept) {
			t.is(kind, 'image');
			t.true(ids.includes(id));
			t.regex(reason, /depend|used/);
		}
		t.is(await engine.docker('run', '--rm', 'derived:latest'), 'three');
	});

	declare('a name that was given away since the plan was made stays', async (t, engine) => {
		const ledger = await buildAsOurs(engine, 'simple:latest', dockerfile('four'), '1');
		const {images, containers, things} = await look(engine);
		const plan = planCleanup(ledger, {images, containers, things});
		await engine.docker('tag', 'simple:latest', 'mine:latest');
		await engine.docker('tag', 'alpine:3.13', 'simple:latest');
		const {kept} = await executeCleanup(plan, engine.env, () => {});
		t.deepEqual(
			kept.map(({kind, reason}) => `${kind}: ${reason}`),
			['name: it names another image now', 'image: it is called mine:latest'],
		);
		await engine.docker('rmi', '-f', 'simple:latest', 'mine:latest');
	});
});
