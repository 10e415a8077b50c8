import test from 'ava';
import {rewriteOwnCommands} from '../../source/text/shell-commands.js';

const says = test.macro((t, environment: Record<string, string>, file: string, expected: string) => {
	const started = {environment, argv: ['node', file], folder: '/home/ada'};
	t.is(rewriteOwnCommands('see `multistage-workshop doctor`', started), expected);
});

const npm = {npm_execpath: '/usr/lib/npm.js'};
const program = '/somewhere/bin/multistage-workshop';

test('started by its name', says, {}, program, 'see `multistage-workshop doctor`');
test(
	'started by npx',
	says,
	{...npm, npm_lifecycle_event: 'npx'},
	program,
	'see `npx multistage-workshop doctor`',
);
test(
	'started by npm in a clone',
	says,
	{...npm, npm_lifecycle_event: 'start'},
	'/clone/distribution/cli.js',
	'see `npm start -- doctor`',
);
test(
	'started by a test',
	says,
	{...npm, npm_lifecycle_event: 'test'},
	program,
	'see `multistage-workshop doctor`',
);
test(
	'started by a script of a project that has it among its packages',
	says,
	{...npm, npm_lifecycle_event: 'workshop'},
	'/project/node_modules/.bin/multistage-workshop',
	'see `npx multistage-workshop doctor`',
);
test(
	'started from the folder of a pack',
	says,
	{},
	'/home/ada/multistage-workshop.mjs',
	'see `node multistage-workshop.mjs doctor`',
);
test(
	'started from a pack in a folder below',
	says,
	{},
	'/home/ada/pack/multistage-workshop.mjs',
	'see `node pack/multistage-workshop.mjs doctor`',
);
test(
	'started from a pack elsewhere, with a blank in its path',
	says,
	{},
	'/media/my stick/multistage-workshop.mjs',
	"see `node '/media/my stick/multistage-workshop.mjs' doctor`",
);

test('only commands of the program are meant', t => {
	const text = 'multistage-workshop: `npm install --global multistage-workshop`, `multistage-workshop`';
	const environment = {...npm, npm_lifecycle_event: 'npx'};
	t.is(
		rewriteOwnCommands(text, {environment, argv: ['node', program], folder: '/'}),
		'multistage-workshop: `npm install --global multistage-workshop`, `npx multistage-workshop`',
	);
});

const mine = {id: 'greeting', argument: '/home/me/greeting', isDefault: false};
const cache = {id: 'build-cache', argument: 'build-cache', isDefault: false};
const standard = {id: 'multi-stage', argument: 'multi-stage', isDefault: true};

const isNamed = test.macro((t, workshop: typeof mine, command: string, expected: string) =>
	t.is(
		rewriteOwnCommands(
			`run \`multistage-workshop${command}\` now`,
			{environment: {}, argv: ['node', program], folder: '/'},
			workshop,
		),
		`run \`multistage-workshop${expected}\` now`,
	),
);

for (const [workshop, command, expected] of [
	[mine, ' reset', ' reset --workshop /home/me/greeting'],
	[mine, ' reset read-it', ' reset read-it --workshop /home/me/greeting'],
	[mine, ' cleanup --workshop greeting', ' cleanup --workshop /home/me/greeting'],
	[mine, ' --replay', ' --replay --workshop /home/me/greeting'],
	[mine, ' run --workshop ./other', ' run --workshop ./other'],
	[mine, ' lint ./greeting', ' lint ./greeting'],
	[mine, '', ''],
	[cache, ' reset build-careless', ' reset build-careless --workshop build-cache'],
	[cache, ' cleanup --workshop build-cache', ' cleanup --workshop build-cache'],
	[standard, ' check lab-port', ' check lab-port'],
	[standard, ' cleanup --workshop multi-stage', ' cleanup --workshop multi-stage'],
] as const) {
	test(
		`in ${workshop.id}, the command “${command}” is shown as “${expected}”`,
		isNamed,
		workshop,
		command,
		expected,
	);
}

test('alone in a clone it is npm start, without what hands over arguments', t => {
	const started = {environment: {...npm, npm_lifecycle_event: 'start'}, argv: ['node', 'x'], folder: '/'};
	t.is(
		rewriteOwnCommands('`multistage-workshop`, `multistage-workshop list`', started),
		'`npm start`, `npm start -- list`',
	);
});
