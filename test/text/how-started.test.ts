import test from 'ava';
import {asStarted} from '../../source/text/how-started.js';

const says = test.macro((t, environment: Record<string, string>, file: string, expected: string) =>
	t.is(asStarted('see `multistage-workshop doctor`', {environment, argv: ['node', file]}), expected),
);

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
	'started from a pack',
	says,
	{},
	'/media/stick/multistage-workshop.mjs',
	'see `node multistage-workshop.mjs doctor`',
);

test('only commands of the program are meant', t => {
	const text = 'multistage-workshop: `npm install --global multistage-workshop`, `multistage-workshop`';
	const environment = {...npm, npm_lifecycle_event: 'npx'};
	t.is(
		asStarted(text, {environment, argv: ['node', program]}),
		'multistage-workshop: `npm install --global multistage-workshop`, `npx multistage-workshop`',
	);
});
