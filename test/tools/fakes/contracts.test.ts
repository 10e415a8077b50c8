import {rmSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Ledger, LedgerEntry, Owner} from '../../../source/ownership/ledger.js';
import {createLiveRunner} from '../../../source/runner/live-runner.js';
import type {Progress} from '../../../source/session/passed-steps.js';
import type {Outcome, ProgressStore, Runner, RunRequest, Transcripts} from '../../../source/session/ports.js';
import {createHistory} from '../../../source/storage/history.js';
import {createLabFolder, type LabFolderOnDisk} from '../../../source/storage/lab-folder.js';
import {createLedger} from '../../../source/storage/ledger.js';
import {createProgressStore} from '../../../source/storage/progress-store.js';
import {createTranscripts} from '../../../source/storage/transcripts.js';
import {UserError} from '../../../source/text/user-error.js';
import {temporaryFolder} from '../child-environment.js';
import {settled} from '../settled.js';
import {writeFiles} from '../write-files.js';
import {createFakeHistory} from './fake-history.js';
import {createFakeLab} from './fake-lab.js';
import {createFakeLedger} from './fake-ledger.js';
import {createFakeProgress} from './fake-progress.js';
import {createFakeRunner} from './fake-runner.js';
import {createFakeTranscripts} from './fake-transcripts.js';

// Fakes behave like the real ones: each test here runs with both.

/** Runs a test with the real one and with the fake, each newly created. */
const both = <Subject>(makers: {real: () => Subject; fake: () => Subject}) => {
	return (title: string, run: (t: ExecutionContext, subject: Subject) => void | Promise<void>): void => {
		for (const [name, make] of Object.entries(makers)) {
			test(`${name}: ${title}`, async t => run(t, make()));
		}
	};
};

const image = (id: string, engine = 'one'): LedgerEntry => ({kind: 'image', engine, id});
const owner: Owner = {id: 'multi-stage', argument: 'multi-stage'};

/** Opens ledgers in the same state folder. */
const ledgers = both<(owner?: Owner) => Ledger>({
	real() {
		const folder = temporaryFolder();
		return of => createLedger(folder, of ?? null);
	},
	fake() {
		const kept: LedgerEntry[] = [];
		return of => createFakeLedger(of ?? null, kept);
	},
});

ledgers('entries of one ledger are read by the next, per engine', (t, open) => {
	const ledger = open();
	ledger.append(image('a'));
	ledger.append(image('b', 'two'));
	ledger.append(image('c'));
	t.deepEqual(open().entries('one'), [image('a'), image('c')]);
	t.deepEqual(open().entries('three'), []);
});

ledgers('what is appended belongs to the owner, unless it says otherwise', (t, open) => {
	const other = {id: 'other', argument: './other'};
	const ledger = open(owner);
	ledger.append(image('a'));
	ledger.append({...image('b'), workshop: other});
	t.is(ledger.owner, owner);
	t.deepEqual(
		open()
			.entries('one')
			.map(({workshop}) => workshop),
		[owner, other],
	);
});

ledgers('entries that were handed out are copies', (t, open) => {
	const ledger = open();
	ledger.append(image('a'));
	for (const entry of ledger.entries('one')) entry.id = 'changed';
	t.deepEqual(ledger.entries('one'), [image('a')]);
});

const progress: Progress = {
	format: 1,
	workshop: 'tiny',
	stepId: 'two',
	passed: {one: {at: '2026-01-01T00:00:00.000Z', finding: 'passed'}},
	hints: {one: 1},
	captured: {port: '32768'},
	builder: 'legacy',
	labFolder: '/lab',
	engineId: null,
};

const stores = both<{open(): ProgressStore; kept(): Progress | null}>({
	real() {
		const folder = temporaryFolder();
		const open = () => createProgressStore(folder, 'tiny');
		return {open, kept: () => open().load().progress};
	},
	fake: createFakeProgress,
});

stores('the first start finds nothing, and the next what was saved', (t, {open, kept}) => {
	const store = open();
	t.deepEqual(store.load(), {progress: null, problem: null, readOnly: false});
	t.is(store.save(progress), null);
	t.deepEqual(kept(), progress);
	t.is(store.save({...progress, stepId: 'three'}), null);
	t.is(kept()?.stepId, 'three');
});

stores('before it was loaded nothing is saved', (t, {open, kept}) => {
	t.is(open().save(progress), null);
	t.is(kept(), null);
});

const histories = both({
	real: () => createHistory(temporaryFolder()),
	fake: () => createFakeHistory(),
});

histories('lines come back as they were appended, those of several rows too', (t, history) => {
	t.deepEqual(history.load(), []);
	history.append('docker ps');
	history.append('docker build \\\n  .');
	t.deepEqual(history.load(), ['docker ps', 'docker build \\\n  .']);
});

type Lab = {lab: LabFolderOnDisk; write(file: string, text: string | null): void};

const shipped = {'app/Dockerfile': 'FROM scratch\n', 'app/inner/a.txt': 'a\n'};
const solved = {'app/Dockerfile': 'FROM solved\n', 'app/.dockerignore': 'notes\n'};

const labs = both<Lab>({
	real() {
		const root = temporaryFolder();
		const inShipped = path.join(root, 'shipped');
		writeFiles(inShipped, {
			...shipped,
			'solutions/it/run.yaml': 'finding: passed\n',
			'solutions/it/app/Dockerfile': solved['app/Dockerfile'],
			'solutions/it/app/.dockerignore': solved['app/.dockerignore'],
		});
		const folder = path.join(root, 'lab');
		const lab = createLabFolder(folder, {
			shipped: inShipped,
			contexts: ['app'],
			stateFolder: path.join(root, 'state'),
		});
		return {
			lab,
			write(file, text) {
				if (text === null) rmSync(path.join(folder, file));
				else writeFiles(folder, {[file]: text});
			},
		};
	},
	fake() {
		const lab = createFakeLab({shipped, overlays: {'solutions/it': solved}});
		return {lab, write: lab.write};
	},
});

const states = (lab: LabFolderOnDisk): string[] =>
	lab.files().map(({path: file, state}) => `${file} ${state}`);

labs('before it is written it is not there', (t, {lab}) => {
	t.is(lab.list(''), null);
	t.is(lab.read('app/Dockerfile'), null);
	t.deepEqual(lab.listAll(), []);
	t.deepEqual(states(lab), ['app/Dockerfile missing', 'app/inner/a.txt missing']);
});

labs('it is written once, and a file of the learner’s is never touched', (t, {lab, write}) => {
	lab.ensure();
	t.deepEqual(lab.listAll(), ['app/Dockerfile', 'app/inner/a.txt']);
	write('app/Dockerfile', 'FROM alpine\n');
	lab.ensure();
	t.is(lab.read('app/Dockerfile'), 'FROM alpine\n');
	t.is(lab.readShipped('app/Dockerfile'), 'FROM scratch\n');
	t.deepEqual(states(lab), ['app/Dockerfile changed', 'app/inner/a.txt ours']);
});

labs('folders are listed in order, with a slash behind theirs', (t, {lab, write}) => {
	lab.ensure();
	write('notes.txt', '');
	t.deepEqual(lab.list(''), ['app/', 'notes.txt']);
	t.deepEqual(lab.list('app'), ['Dockerfile', 'inner/']);
	t.deepEqual(lab.list(path.join(lab.path, 'app')), ['Dockerfile', 'inner/']);
	t.is(lab.list('app/Dockerfile'), null);
	t.is(lab.list('nowhere'), null);
});

labs('a file is read by its whole path too, and what editors leave is not listed', (t, {lab, write}) => {
	lab.ensure();
	write('app/.Dockerfile.swp', 'x');
	t.is(lab.read(path.join(lab.path, 'app/inner/a.txt')), 'a\n');
	t.deepEqual(lab.listAll(), ['app/Dockerfile', 'app/inner/a.txt']);
	t.is(lab.readShipped('notes.txt'), null);
});

labs(
	'a solution’s files take the place of the shipped ones, and the learner’s are kept',
	(t, {lab, write}) => {
		lab.ensure();
		write('app/Dockerfile', 'FROM mine\n');
		lab.applyOverlay('solutions/it');
		t.is(lab.read('app/Dockerfile'), 'FROM solved\n');
		t.is(lab.read('app/Dockerfile.mine'), 'FROM mine\n');
		t.deepEqual(states(lab), [
			'app/Dockerfile solution',
			'app/inner/a.txt ours',
			'app/.dockerignore solution',
		]);
		for (const {path: file} of lab.files()) lab.restore(file);
		t.is(lab.read('app/Dockerfile'), 'FROM scratch\n');
		t.is(lab.read('app/.dockerignore'), null);
	},
);

labs('a changed file that is restored is kept each time', (t, {lab, write}) => {
	lab.ensure();
	for (const text of ['one', 'two']) {
		write('app/Dockerfile', text);
		lab.restore('app/Dockerfile');
	}
	t.is(lab.read('app/Dockerfile'), 'FROM scratch\n');
	t.is(lab.read('app/Dockerfile.mine'), 'one');
	t.is(lab.read('app/Dockerfile.mine-2'), 'two');
});

labs('a line is added and taken away again, and what is saved meanwhile stays', (t, {lab, write}) => {
	lab.ensure();
	const before = lab.fingerprint();
	const undo = lab.addLine('app/inner/a.txt', '# changed at');
	t.regex(lab.read('app/inner/a.txt') ?? '', /^a\n# changed at \d{4}-\S+Z\n$/);
	t.not(lab.fingerprint(), before);
	undo();
	t.is(lab.read('app/inner/a.txt'), 'a\n');
	t.is(lab.fingerprint(), before);
	const again = lab.addLine('app/inner/a.txt', '#');
	write('app/inner/a.txt', 'saved\n');
	again();
	t.is(lab.read('app/inner/a.txt'), 'saved\n');
	t.throws(() => lab.addLine('app/none.txt', '#'), {instanceOf: UserError});
});

labs('what stands somewhere is known by its print', (t, {lab, write}) => {
	lab.ensure();
	const place = path.join(lab.path, 'out');
	t.deepEqual(lab.fingerprintsOf([place]), {});
	write('out/deep/b.txt', 'b');
	const prints = lab.fingerprintsOf([place]);
	t.deepEqual(
		Object.keys(prints)
			.sort()
			.map(one => path.relative(lab.path, one)),
		['out', 'out/deep', 'out/deep/b.txt'],
	);
	write('out/deep/b.txt', 'c');
	t.not(lab.fingerprintsOf([place])[path.join(place, 'deep/b.txt')], prints[path.join(place, 'deep/b.txt')]);
});

labs('removing what is ours leaves what is not', (t, {lab, write}) => {
	lab.ensure();
	write('app/mine.txt', 'mine');
	for (const {path: file} of lab.files()) lab.remove(file);
	t.deepEqual(lab.listAll(), ['app/mine.txt']);
	lab.removeWritten(path.join(lab.path, 'app/mine.txt'));
	t.deepEqual(lab.listAll(), []);
});

labs('the learner’s changes are told until nobody listens any more', async (t, {lab, write}) => {
	lab.ensure();
	const heard = {first: 0, second: 0};
	const [first, second] = [new AbortController(), new AbortController()];
	lab.watch(() => heard.first++, first.signal);
	write('app/inner/new.txt', 'new');
	t.true(await settled(() => heard.first > 0, Boolean));
	lab.watch(() => heard.second++, second.signal);
	first.abort();
	const before = heard.first;
	write('app/inner/new.txt', 'newer');
	t.true(await settled(() => heard.second > 0, Boolean));
	t.is(heard.first, before);
	second.abort();
});

type Running = {runner: Runner; transcripts: Transcripts};

const runners = both<Running>({
	real() {
		const transcripts = createTranscripts(temporaryFolder());
		return {runner: createLiveRunner(transcripts.open), transcripts};
	},
	fake() {
		const transcripts = createFakeTranscripts();
		const runner = createFakeRunner(
			({argv: [program, , line]}) =>
				program === 'sh'
					? {prints: [{text: 'out\n'}, {text: 'err\n', stream: 'stderr'}], ends: Number(line?.at(-1))}
					: null,
			({runId}, event) => {
				if (event.type === 'started') transcripts.begin(runId);
				else if (event.type === 'output') transcripts.write(runId, event.stream, event.bytes);
				else transcripts.end(runId);
			},
		);
		return {runner, transcripts};
	},
});

const request = (...argv: string[]): RunRequest => ({
	runId: `2026-${argv[0]}`,
	stepId: 'step',
	argv,
	cwd: temporaryFolder(),
	env: {PATH: process.env.PATH ?? ''},
	builder: null,
	format: null,
});

const ended = (runner: Runner, asked: RunRequest, signal: AbortSignal) => {
	const printed = {stdout: '', stderr: ''};
	return new Promise<{outcome: Outcome; stdout: string; stderr: string}>(resolve =>
		runner.start(
			asked,
			event => {
				if (event.type === 'output') printed[event.stream] += Buffer.from(event.bytes).toString();
				else if (event.type === 'ended') resolve({outcome: event.outcome, ...printed});
			},
			signal,
		),
	);
};

runners('a command ends with its exit code, after all that it printed', async (t, {runner, transcripts}) => {
	const asked = request('sh', '-c', 'echo out; echo err >&2; exit 3');
	const {outcome, stdout, stderr} = await ended(runner, asked, new AbortController().signal);
	t.like(outcome, {ended: 'exited', exitCode: 3});
	t.deepEqual({stdout, stderr}, {stdout: 'out\n', stderr: 'err\n'});
	t.is(transcripts.state(asked.runId), 'over');
	const kept: string[] = [];
	await transcripts.read(asked.runId, (stream, bytes) => void kept.push(`${stream} ${Buffer.from(bytes)}`));
	t.deepEqual(kept, ['stdout out\n', 'stderr err\n']);
});

runners('a program that is not there is an outcome', async (t, {runner}) => {
	const asked = request('dokcer', 'ps');
	const {outcome} = await ended(runner, asked, new AbortController().signal);
	t.is(outcome.ended, 'could-not-start');
	t.regex(
		(outcome as {message: string}).message,
		/^The program `dokcer` is not installed or not on the PATH\.$/,
	);
});

runners('a command that was cancelled before it began is cancelled', async (t, {runner}) => {
	const abort = new AbortController();
	const end = ended(runner, request('sh', '-c', 'sleep 100; exit 0'), abort.signal);
	abort.abort();
	t.is((await end).outcome.ended, 'cancelled');
});

test('fake: a held command goes on until it is ended, and ends by force where it is stubborn', async t => {
	const runner = createFakeRunner(() => ({}));
	const polite = new AbortController();
	const first = runner.hold();
	const end = ended(runner, request('sh'), polite.signal);
	(await first).print('half');
	polite.abort();
	t.like(await end, {outcome: {ended: 'cancelled', seconds: 0}, stdout: 'half'});
	const abort = new AbortController();
	const held = runner.hold({isStubborn: true});
	const stubborn = ended(runner, request('sh'), abort.signal);
	abort.abort();
	t.true((await held).isCancelled());
	t.false((await held).isKilled());
	runner.kill((await held).request.runId);
	t.is((await stubborn).outcome.ended, 'cancelled');
	t.true((await held).isKilled());
});

test('fake: one copy of the program keeps the progress, the second reads it', t => {
	const place = createFakeProgress(progress);
	const [first, second] = [place.open(), place.open()];
	t.false(first.load().readOnly);
	t.like(second.load(), {
		progress,
		readOnly: true,
		problem: 'Another copy of this program has this workshop open.',
	});
	second.save({...progress, stepId: 'three'});
	t.is(place.kept()?.stepId, 'two');
});

test('fake: a full disk takes no entry', t => {
	const ledger = createFakeLedger();
	ledger.fill();
	t.throws(() => ledger.append(image('a')), {instanceOf: UserError});
	t.deepEqual(ledger.all(), []);
});
