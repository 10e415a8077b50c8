import {
	appendFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {execa} from 'execa';
import {type DeclareEngineTest, engineTests} from '../engine/engines.js';
import {engineScript} from '../engine/list-engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {signalProcesses} from '../tools/find-processes.js';
import {runCli} from '../tools/run-cli.js';
import {type Inventory, takeInventory, withMore} from './inventory.js';
import {intrude, settleIn} from './learners-things.js';
import {commandEnded, commandRuns, type Place, runInBackground, stateOf} from './run-in-background.js';

type Item = {kind: string; id: string; name: string; reason?: string};
type Document = {format: number; removed: Item[]; kept: Required<Item>[]};

/** One learner on one engine. */
type Learner = Place & {
	/** The learner's own things, before and during the workshop. */
	things: Inventory;
};

const cleanUp = async (
	t: ExecutionContext,
	{env}: TestEngine,
	place: Place,
	...flags: string[]
): Promise<Document> => {
	const {home, cwd} = place;
	const {stdout, stderr, exitCode} = await runCli(['cleanup', '--json', ...flags], {home, cwd, env});
	t.is(exitCode, 0, stderr);
	const document: Document = JSON.parse(stdout);
	t.is(document.format, 1);
	return document;
};

const named = (items: Item[], kind: string): string[] =>
	items
		.filter(item => item.kind === kind)
		.map(({name}) => name)
		.sort();

const ours = {
	containers: ['my-lab', 'whoami1'],
	names: [
		'parallel:buildkit',
		'parallel:legacy',
		'simple:buildkit',
		'simple:latest',
		'simple:test',
		'whoami:latest',
		'whoami:slim',
		'whoami:start',
	],
};

const declareBefore = (engineTest: DeclareEngineTest, learner: Learner): void => {
	const lab = path.join(learner.cwd, 'multi-stage');

	engineTest('the workshop runs beside a learner’s own things', async (t, engine) => {
		await settleIn(engine);
		mkdirSync(path.join(lab, 'simple'), {recursive: true});
		writeFileSync(path.join(lab, 'simple', 'notes.txt'), 'theirs\n');
		const before = await takeInventory(engine);
		const chapters = ['multi-stage-dockerfiles', 'buildkit', 'go-application', 'lab'];
		const run = runInBackground(['run', ...chapters, '--yes'], learner, engine.env);
		await run.hasPrinted('build-simple', /Running in/);
		const first = await intrude(engine, 'legacy', () => commandRuns(learner, 'build-simple'));
		await run.hasPrinted('build-parallel-buildkit', /./);
		const isBuilding = () => commandRuns(learner, 'build-parallel-buildkit');
		const second = await intrude(engine, 'buildkit', isBuilding);
		const {exitCode, stdout} = await run.exited;
		t.is(exitCode, 0, stdout);
		appendFileSync(path.join(lab, 'simple', 'Dockerfile'), '# theirs\n');
		const port = await engine.freePort();
		await engine.docker('run', '-d', '--name', 'my-lab', '-p', `${port}:5000`, 'whoami', '-port', '5000');
		await engine.docker('tag', 'simple:test', 'kept');
		await engine.docker('run', '--name', 'theirs-kept', 'kept', 'true');
		const id = await engine.docker('image', 'inspect', '-f', '{{.Id}}', 'kept');
		const container = await engine.docker('ps', '-aq', '--no-trunc', '-f', 'name=theirs-kept');
		const own = {containers: [container], images: [id], names: [`kept:latest ${id}`]};
		learner.things = [first, second, own].reduce(withMore, before);
		t.not((await takeInventory(engine)).names.join(), learner.things.names.join());
	});

	engineTest('without `--yes` and a terminal nothing is removed, and all is listed', async (t, engine) => {
		const before = await takeInventory(engine);
		const {removed, kept} = await cleanUp(t, engine, learner);
		t.deepEqual(removed, []);
		t.deepEqual(named(kept, 'name'), ours.names);
		for (const name of ours.containers) t.true(named(kept, 'container').includes(name));
		t.true(kept.every(({reason}) => reason !== ''));
		t.deepEqual(await takeInventory(engine), before);
		t.true(existsSync(path.join(lab, 'parallel', 'Dockerfile')));
	});

	engineTest('what another engine’s ledger says is not about this one', async (t, engine) => {
		const before = await takeInventory(engine);
		const ledgers = path.join(stateOf(learner), 'ledger');
		const [id = ''] = readdirSync(ledgers);
		renameSync(path.join(ledgers, id), path.join(ledgers, 'another'));
		const {removed} = await cleanUp(t, engine, {...learner, cwd: temporaryFolder()}, '--yes');
		renameSync(path.join(ledgers, 'another'), path.join(ledgers, id));
		t.deepEqual(named(removed, 'image').concat(named(removed, 'container'), named(removed, 'name')), []);
		t.deepEqual(await takeInventory(engine), before);
	});
};

const declareCleanup = (engineTest: DeclareEngineTest, learner: Learner): void => {
	const lab = path.join(learner.cwd, 'multi-stage');

	engineTest('what is ours goes, what is the learner’s stays and has its names back', async (t, engine) => {
		const {removed, kept} = await cleanUp(t, engine, learner, '--yes');
		t.deepEqual(await takeInventory(engine), learner.things);
		t.deepEqual(named(removed, 'name'), ours.names);
		for (const name of ours.containers) t.true(named(removed, 'container').includes(name));
		t.true(named(removed, 'image').length > 3);
		t.true(removed.every(item => item.reason === undefined));
		t.true(named(removed, 'file').includes('whoami/Dockerfile'));
		// On the containerd store the same build makes another image of the same layers.
		const told = kept.filter(({name}) => name !== 'theirs-same');
		t.deepEqual(told.map(({kind, name, reason}) => `${kind} ${name}: ${reason}`).sort(), [
			'container theirs-kept: you started it from kept:latest',
			'file simple/Dockerfile: you changed it',
			'image kept:latest: you call it kept:latest',
		]);
		t.deepEqual(readdirSync(lab), ['simple']);
		t.deepEqual(readdirSync(path.join(lab, 'simple')).sort(), ['Dockerfile', 'notes.txt']);
		t.regex(readFileSync(path.join(lab, 'simple', 'Dockerfile'), 'utf8'), /# theirs\n$/);
	});

	engineTest('a second clean-up removes nothing', async (t, engine) => {
		t.deepEqual((await cleanUp(t, engine, learner, '--yes')).removed, []);
		t.deepEqual(await takeInventory(engine), learner.things);
	});
};

const declareTrouble = (engineTest: DeclareEngineTest, learner: Learner): void => {
	engineTest('a container of the learner’s with our name is not touched', async (t, engine) => {
		const id = await engine.docker('run', '-d', '--name', 'whoami1', 'theirs', 'sleep', '600');
		const {home, cwd} = learner;
		const {stdout, exitCode} = await runCli(['run', 'go-application', '--yes'], {home, cwd, env: engine.env});
		t.is(exitCode, 3);
		t.regex(
			stdout,
			/run-whoami: One of your containers is called whoami1.*`docker rename whoami1 whoami1-mine`/,
		);
		await cleanUp(t, engine, learner, '--yes');
		const more = {containers: [id], running: [id]};
		t.deepEqual(await takeInventory(engine), withMore(learner.things, more));
		await engine.docker('rm', '-f', 'whoami1');
	});

	engineTest('of a build that was cancelled nothing is left', async (t, engine) => {
		const run = runInBackground(['run', 'multi-stage-dockerfiles', '--yes'], learner, engine.env);
		await run.hasPrinted('build-simple', /RUN sleep 2\n ---> Running in/);
		run.end('SIGINT');
		t.is((await run.exited).exitCode, 130);
		await cleanUp(t, engine, learner, '--yes');
		t.deepEqual(await takeInventory(engine), learner.things);
	});

	const crashes = [
		{stepId: 'build-simple', tag: 'simple:latest'},
		{stepId: 'build-simple-buildkit', tag: 'simple:buildkit'},
	];
	for (const {stepId, tag} of crashes) {
		engineTest(`what ${stepId} makes after the program was killed is found`, async (t, engine) => {
			const run = runInBackground(['run', 'buildkit', '--yes'], learner, engine.env);
			await run.hasPrinted(stepId, /./);
			run.end('SIGKILL');
			await run.exited;
			await commandEnded(learner, stepId);
			const names = (await takeInventory(engine)).names.filter(name => !learner.things.names.includes(name));
			t.true(
				names.some(name => name.startsWith(`${tag} `)),
				`${tag} is not ours: ${names}`,
			);
			const {removed} = await cleanUp(t, engine, learner, '--yes');
			t.true(named(removed, 'name').includes(tag));
			t.deepEqual(await takeInventory(engine), learner.things);
		});
	}

	engineTest('what still builds after the program was killed is found by the next', async (t, engine) => {
		const run = runInBackground(['run', 'multi-stage-dockerfiles', '--yes'], learner, engine.env);
		await run.hasPrinted('build-simple', /Running in/);
		run.end('SIGKILL');
		await run.exited;
		// However long the clean-up takes, the build lasts longer.
		const builds = `HOME=${learner.home}`;
		t.not(signalProcesses(builds, 'SIGSTOP'), 0);
		const {kept} = await cleanUp(t, engine, learner, '--yes');
		t.is(named(kept, 'transcripts').length, 1);
		signalProcesses(builds, 'SIGCONT');
		await commandEnded(learner, 'build-simple');
		await cleanUp(t, engine, learner, '--yes');
		t.deepEqual(await takeInventory(engine), learner.things);
	});

	engineTest('the ledger holds when the engine is started again', async (t, engine) => {
		const {home, cwd} = learner;
		const chapter = ['run', 'multi-stage-dockerfiles', '--yes'];
		t.is((await runCli(chapter, {home, cwd, env: engine.env})).exitCode, 0);
		await execa(engineScript, ['down', engine.id]);
		await execa(engineScript, ['up', engine.id]);
		const {removed} = await cleanUp(t, engine, learner, '--yes');
		t.deepEqual(named(removed, 'name'), ['simple:latest']);
		t.deepEqual(await takeInventory(engine), {...learner.things, running: []});
	});
};

engineTests(engineTest => {
	const nothing = {containers: [], running: [], images: [], names: []};
	const learner: Learner = {home: temporaryFolder(), cwd: temporaryFolder(), things: nothing};
	declareBefore(engineTest, learner);
	declareCleanup(engineTest, learner);
	declareTrouble(engineTest, learner);
});
