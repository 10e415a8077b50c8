import type {Random} from './random.js';

/** Names of stages, by what they are for. */
export const stageNames = {
	base: ['base', 'deps', 'common', 'tools'],
	build: ['build', 'compile', 'bundle', 'builder'],
	test: ['test', 'check', 'verify'],
	side: ['docs', 'lint', 'report', 'scan'],
	final: ['final', 'release', 'runtime', 'ship'],
} as const;

/** A project: its names differ from item to item. */
export type Project = {
	/** Of its folder and image. */
	name: string;
	/** The list of its dependencies, and its source. */
	manifest: string;
	source: string;
	/** What a build makes of it. */
	product: string;
};

type Kind = Omit<Project, 'name'>;

const kinds: [Kind, ...Kind[]] = [
	{manifest: 'package.json', source: 'main.js', product: 'app.js'},
	{manifest: 'go.mod', source: 'main.go', product: 'server'},
	{manifest: 'requirements.txt', source: 'app.py', product: 'app.pyz'},
	{manifest: 'pom.xml', source: 'App.java', product: 'app.jar'},
	{manifest: 'Cargo.toml', source: 'main.rs', product: 'server'},
];

/** Draws a project. */
export const drawProject = (random: Random): Project => ({
	name: random.pick(['api', 'shop', 'blog', 'worker', 'mailer', 'search', 'billing', 'gateway']),
	...random.pick(kinds),
});

/** Draws a name for each kind of stage. */
export const drawStageNames = (random: Random): Record<keyof typeof stageNames, string> => ({
	base: random.pick(stageNames.base),
	build: random.pick(stageNames.build),
	test: random.pick(stageNames.test),
	side: random.pick(stageNames.side),
	final: random.pick(stageNames.final),
});

/** A port, the same in no two places of an item if `not` lists the others. */
export const drawPort = (random: Random, first: number, not: number[] = []): number => {
	for (;;) {
		const port = first + random.below(900);
		if (!not.includes(port)) return port;
	}
};

/** `/app/bin`, `/srv`, …: where a final stage puts what it copies. */
export const drawPlace = (random: Random): string =>
	random.pick(['/srv', '/opt/app', '/usr/local/app', '/usr/lib/app']);

/** A version that few other items have, so that the build cache of an engine has nothing of it. */
export const drawVersion = (random: Random): string =>
	`${1 + random.below(9)}.${random.below(40)}.${random.below(1000)}`;
