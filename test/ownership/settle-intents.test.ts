import test from 'ava';
import type {CreationPlan, EngineObjects, ImageSnapshot, LedgerEntry} from '../../source/ownership/ledger.js';
import {recoverInterruptedRuns} from '../../source/ownership/recover-interrupted-runs.js';
import type {Transcripts} from '../../source/session/ports.js';

const id = (digit: string) => `sha256:${digit.repeat(64)}`;
const engine = 'e';
const before: ImageSnapshot = {
	ids: [id('a'), id('7')],
	names: {'alpine:3.13': id('a'), 'simple:latest': id('7')},
};
const nothing: EngineObjects = {containers: {}, volumes: {}, networks: {}};
const intent = (parts: Partial<Extract<LedgerEntry, {kind: 'intent'}>> = {}): LedgerEntry => ({
	kind: 'intent',
	engine,
	id: 'run',
	stepId: 'step',
	build: {tags: ['simple:latest'], format: 'legacy', before},
	...parts,
});

const legacy = [
	'Step 1/2 : FROM alpine:3.13',
	` ---> ${'a'.repeat(12)}`,
	'Step 2/2 : RUN true',
	` ---> Running in ${'c'.repeat(12)}`,
	` ---> ${'1'.repeat(12)}`,
	`Successfully built ${'1'.repeat(12)}`,
	'',
].join('\n');

type World = {
	ledger?: LedgerEntry[];
	state?: ReturnType<Transcripts['state']>;
	stdout?: string;
	names?: Record<string, string>;
	cid?: string | null;
	things?: EngineObjects;
	files?: Record<string, string>;
	cli?: {podman?: string};
};

/** What is appended for one intent. */
const settles = test.macro(
	async (
		t,
		{
			ledger = [intent()],
			state = 'over',
			stdout = legacy,
			names = {},
			cid = null,
			things = nothing,
			files = {},
			cli = {},
		}: World,
		expected: string[],
	) => {
		const appended: LedgerEntry[] = [];
		await recoverInterruptedRuns(engine, {
			ledger: {owner: null, entries: () => [...ledger, ...appended], append: entry => appended.push(entry)},
			transcripts: {
				state: () => state,
				read: async (_runId, onBytes) => onBytes('stdout', Buffer.from(stdout)),
			},
			engine: {
				images: async () => ({ids: [...before.ids, id('1')], names: {...before.names, ...names}}),
				things: async () => things,
			},
			cli,
			lab: {readCid: () => cid, deleteCidFile() {}, fingerprintsOf: () => files},
			baseImages: ['alpine:3.13'],
		});
		const words = (entry: LedgerEntry) =>
			entry.kind === 'name'
				? `${entry.name} ${entry.id.at(-1)} before ${entry.before?.at(-1)}`
				: entry.id.at(-1);
		t.deepEqual(
			appended.map(entry => `${entry.kind} ${words(entry)}`),
			expected,
		);
	},
);

const ours = {'simple:latest': id('1')};
test('a build that ended by itself', settles, {names: ours}, [
	'image 1',
	'name simple:latest 1 before 7',
	'container c',
	'settled n',
]);
test('a name that somebody has given to another image since', settles, {names: {'simple:latest': id('7')}}, [
	'image 1',
	'container c',
	'settled n',
]);
test('a build that still goes on is left alone', settles, {state: 'running', names: ours}, []);
test('nothing that was printed is nothing that was made', settles, {stdout: '', names: ours}, ['settled n']);
test(
	'what is settled is not read again',
	settles,
	{ledger: [intent(), {kind: 'settled', engine, id: 'run'}]},
	[],
);
test(
	'the container of a run by its cid file',
	settles,
	{ledger: [intent({build: null})], cid: 'f'.repeat(64)},
	['container f', 'settled n'],
);
test('or by what `-d` printed', settles, {ledger: [intent({build: null})], stdout: `${'d'.repeat(64)}\n`}, [
	'container d',
	'settled n',
]);

const making = (makes: Partial<CreationPlan>, things: EngineObjects | null = null, files = {}): LedgerEntry =>
	intent({
		build: null,
		making: {
			makes: {
				...{names: [], images: [], pulled: [], containers: [], printsContainer: false},
				...{volumes: [], printsVolume: false, networks: [], files: [], isTyped: false},
				...makes,
			},
			before: {images: things ? null : before, things, files},
		},
	});

test(
	'volumes and networks that are new since the command began',
	settles,
	{
		ledger: [
			making({volumes: ['data', 'theirs'], networks: ['net']}, {...nothing, volumes: {theirs: 'then'}}),
		],
		things: {containers: {}, volumes: {data: 'now', theirs: 'then', other: 'now'}, networks: {net: 'n1'}},
		stdout: '',
	},
	['volume a', 'network 1', 'settled n'],
);
test(
	'a volume of the learner’s stays theirs, whatever time an old engine tells after a command wrote to it',
	settles,
	{
		ledger: [making({volumes: ['theirs']}, {...nothing, volumes: {theirs: 'then'}})],
		things: {...nothing, volumes: {theirs: 'now'}},
		stdout: '',
	},
	['settled n'],
);
test(
	'a volume of ours stays ours',
	settles,
	{
		ledger: [
			{kind: 'volume', engine, id: 'data', createdAt: 'then'},
			making({volumes: ['data']}, {...nothing, volumes: {data: 'then'}}),
		],
		things: {...nothing, volumes: {data: 'now'}},
		stdout: '',
	},
	['volume a', 'settled n'],
);
test(
	'an image whose ID was printed, and its name',
	settles,
	{
		ledger: [making({names: ['mine:1'], images: ['printed']})],
		stdout: `${id('1')}\n`,
		names: {'mine:1': id('1')},
	},
	['image 1', 'name mine:1 1 before undefined', 'settled n'],
);
test(
	'files that are new since the command began',
	settles,
	{
		ledger: [making({files: ['/lab/out']}, nothing, {'/lab/out/a': 'x'})],
		files: {'/lab/out/a': 'y', '/lab/out/b': 'x'},
	},
	['file b', 'settled n'],
);
test(
	'a volume that is called like an ID is no container',
	settles,
	{ledger: [making({printsVolume: true}, nothing)], stdout: `${'d'.repeat(64)}\n`},
	['settled n'],
);

const buildah = [
	'Sending build context to Docker daemon  2.048kB',
	'STEP 1/2: FROM alpine:3.13',
	'STEP 2/2: RUN true',
	'COMMIT simple',
	`--> ${'1'.repeat(12)}`,
	'Successfully tagged localhost/simple:latest',
	'1'.repeat(64),
	'',
].join('\n');
test(
	'a build of Podman’s',
	settles,
	{
		ledger: [intent({build: {tags: ['simple:latest'], format: 'buildah', before}})],
		stdout: buildah,
		names: ours,
		cli: {podman: '5.4.2'},
	},
	['image 1', 'name simple:latest 1 before 7', 'settled n'],
);
