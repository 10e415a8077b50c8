import test, {type ExecutionContext} from 'ava';
import type {ContainerFact, ImageFact} from '../../source/checks/model.js';
import type {LedgerEntry, Owner} from '../../source/ownership/ledger.js';
import {planCleanup} from '../../source/ownership/plan-cleanup.js';

/** IDs as long as real ones, from a word of hex digits that does not end in 0. */
export const id = (word: string): string => `sha256:${word.padEnd(64, '0')}`;

export const image = (
	word: string,
	tags: string[] = [],
	layers: string[] = [`layer-${word}`],
): ImageFact => ({
	fact: 'image',
	id: id(word),
	tags,
	layers,
	bytes: 1,
});

export const container = (
	name: string,
	imageWord: string,
	state: ContainerFact['state'] = 'running',
): ContainerFact => ({
	fact: 'container',
	id: name.padEnd(64, '0'),
	name,
	imageId: id(imageWord),
	image: imageWord,
	state,
	exitCode: 0,
	error: '',
	command: [],
	hostname: name,
	addresses: [],
	networkMode: 'bridge',
	exposed: [],
	published: [],
	createdAt: 0,
	startedAt: 0,
	lastLogLine: null,
	loggedPort: null,
	answers: [],
	madeByStep: false,
});

export const engine = 'one';
export const made = (word: string): LedgerEntry => ({kind: 'image', engine, id: id(word)});
export const ran = (name: string): LedgerEntry => ({
	kind: 'container',
	engine,
	id: name.padEnd(64, '0'),
	stepId: null,
});
export const gave = (name: string, word: string, before: string | null = null): LedgerEntry => ({
	kind: 'name',
	engine,
	name,
	id: id(word),
	before: before && id(before),
});
/** What the run of another workshop left. */
export const by = (workshop: string, ...entries: LedgerEntry[]): LedgerEntry[] =>
	entries.map(entry => ({...entry, workshop: {id: workshop, argument: workshop}}));
export const gone = (word: string): LedgerEntry => ({kind: 'gone', engine, id: id(word)});

type World = {
	/** Null: of any workshop. */
	owner?: Owner | null;
	ledger: LedgerEntry[];
	images?: ImageFact[];
	containers?: ContainerFact[];
	volumes?: Record<string, string>;
	networks?: Record<string, string>;
};
type Plan = {
	containers?: string[];
	networks?: string[];
	volumes?: string[];
	names?: string[];
	images?: string[];
	kept?: string[];
};

const word = (imageId: string): string => imageId.replace(/^sha256:/, '').replace(/0+$/, '');

/** The plan in words: names of containers, `name` or `name→image`, images, and what is kept. */
export const plans = test.macro(
	(
		t: ExecutionContext,
		{ledger, images = [], containers = [], volumes = {}, networks = {}, owner = null}: World,
		expected: Plan,
	) => {
		const plan = planCleanup(ledger, {images, containers, things: {volumes, networks}}, owner);
		t.deepEqual(
			{
				containers: plan.containers.map(({name}) => name),
				networks: plan.networks.map(({name}) => name),
				volumes: plan.volumes.map(({name}) => name),
				names: plan.names.map(({name, restoreTo}) => (restoreTo ? `${name}→${word(restoreTo)}` : name)),
				images: plan.images.map(one => word(one.id)),
				kept: plan.kept.map(({kind, name, id}) => `${kind} ${name || word(id)}`),
			},
			{containers: [], networks: [], volumes: [], names: [], images: [], kept: [], ...expected},
		);
		for (const {reason} of plan.kept) t.regex(reason, /\w/);
	},
);
