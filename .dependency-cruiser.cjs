/** Rooms that know nothing of the outside world. */
const pure = [
	'text',
	'docker',
	'workshop',
	'stages',
	'explain',
	'checks',
	'ownership',
	'classroom',
	'doctor/registry',
];

/** The rooms at the edge, and the types through which the others meet them. */
const outside = ['engine', 'runner', 'storage', 'pack', 'simulate', 'system'];
/** The rooms of a class that know the outside world. */
const classroom = ['hub', 'seat', 'board'];
const contracts = [
	'stages/model',
	'checks/model',
	'session/ports',
	'session/passed-steps',
	'ownership/ledger',
	'workshop/model',
];

/**
 * Which room of `source/` may import which others, types included: rooms, or single files in them. A room that is not
 * in the table may import nothing.
 */
const mayImport = {
	messages: [],
	text: [],
	docker: ['text'],
	workshop: ['text', 'docker', 'stages', 'checks'],
	stages: ['text', 'docker'],
	/** What a build would read and run again, without building. */
	explain: ['text', 'stages'],
	checks: ['text', 'docker', 'stages'],
	/** The class, without a network: what travels, what the board shows, the results. */
	classroom: ['text'],
	ownership: ['text', 'docker', 'stages', ...contracts],
	doctor: [...pure, ...outside, 'session'],
	system: ['text'],
	runner: ['text', 'system', 'stages', ...contracts],
	engine: ['text', 'docker', 'system', 'ownership', 'checks', 'explain', 'stages/builders', ...contracts],
	simulate: ['text', 'docker', 'stages', ...contracts],
	/** Questions to come back to: their generators, their judgement, and the days on which they are due. */
	review: ['text', 'docker', 'stages', 'checks', 'simulate', 'session/plan', 'workshop'],
	storage: ['text', ...contracts, 'workshop', 'explain', 'classroom', 'review'],
	pack: ['text', 'docker', 'engine', 'storage', 'workshop/parsed-workshops', ...contracts],
	/** The teacher's program on the network. */
	hub: ['text', 'system', 'storage', 'pack', 'classroom', ...contracts],
	/** The learner's program on the network. */
	seat: ['text', 'storage', 'classroom', ...contracts],
	/** What the teacher sees: the page, and the lines in the terminal. */
	board: ['text', 'classroom', 'view', 'tui', 'plain'],
	session: pure,
	view: ['session', 'review', ...pure],
	tui: ['session', 'review', 'view', ...pure],
	plain: ['session', 'review', 'view', ...pure],
	report: ['session', 'view', ...pure],
	app: ['session', 'review', 'view', 'tui', 'plain', 'report', 'doctor', ...classroom, ...pure, ...outside],
	commands: [
		'app',
		'session',
		'review',
		'view',
		'tui',
		'plain',
		'report',
		'doctor',
		...classroom,
		...pure,
		...outside,
	],
};

const anyOf = names => `^source/(?:${names.join('|')})(?:/|\\.)`;

const layers = Object.entries(mayImport).map(([room, others]) => ({
	name: `what-${room}-imports`,
	severity: 'error',
	from: {path: anyOf([room])},
	// Every room says its sentences from there.
	to: {path: '^source/', pathNot: anyOf([room, 'messages', ...others])},
}));

module.exports = {
	forbidden: [
		...layers,
		{
			name: 'room-in-the-table',
			severity: 'error',
			from: {path: '^source/', pathNot: anyOf(Object.keys(mayImport))},
			to: {},
		},
		{
			name: 'only-engine-imports-dockerode',
			severity: 'error',
			from: {path: '^(?:cli\\.tsx$|source/)', pathNot: anyOf(['engine'])},
			to: {path: '(?:^|/)node_modules/(?:@types/)?dockerode/'},
		},
		{
			name: 'reached-from-cli',
			severity: 'error',
			from: {path: '^cli\\.tsx$'},
			// A language is loaded by its name, and the page of the board by the browser.
			to: {path: '^source/', pathNot: '^source/(?:messages|board/page)/', reachable: false},
		},
		{name: 'no-circle', severity: 'error', from: {}, to: {circular: true}},
	],
	options: {
		// TypeScript 7 has no compiler that can be called from JavaScript.
		parser: 'swc',
		// Types are imports like any other.
		tsPreCompilationDeps: true,
		doNotFollow: {path: 'node_modules'},
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['types', 'import', 'node', 'default'],
		},
	},
};
