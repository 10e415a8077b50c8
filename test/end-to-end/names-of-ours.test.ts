import path from 'node:path';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {trust} from '../tools/trust.js';
import {writeFiles} from '../tools/write-files.js';

const step = (id: string, command: string): string => `## Do ${id}

<!-- step
id: ${id}
kind: run
checks: [{check: exit, is: 0, finding: failed, hint: It ended with an error.}]
-->

\`\`\`sh run
${command}
\`\`\`

`;

/** A workshop that gives two images a second name each, by `docker tag`. */
const files = {
	'workshop.md':
		'---\nformat: 1\nid: named\ntitle: Names\nminutes: 1\nimages: [alpine:3.13]\ncontexts: [app]\n---\n\nText.\n',
	'01-names.md': `# Names\n\n${['one', 'two'].map(name => step(name, `docker build -t own:${name} --target ${name} ./app`)).join('')}${['one', 'two'].map(name => step(`tag-${name}`, `docker tag own:${name} again:${name}`)).join('')}`,
	'app/Dockerfile': ['one', 'two']
		.map(name => `FROM alpine:3.13 AS ${name}\nRUN echo ${name} > /name\n`)
		.join(''),
};

// Who gave a name is the same on every engine.
engineTests(
	engineTest => {
		engineTest(
			'“you call it” is said of names that the learner gave, and of no others',
			async (t, engine) => {
				const folder = path.join(temporaryFolder(), 'named');
				writeFiles(folder, files);
				const place = {home: temporaryFolder(), cwd: temporaryFolder(), env: engine.env};
				const options = ['--workshop', folder, '--yes'];
				const run = await runCli(['run', ...options, ...trust(folder)], place);
				t.is(run.exitCode, 0, run.stdout);
				await engine.docker('tag', 'own:two', 'mine');
				const {stdout} = await runCli(['cleanup', '--json', ...options], place);
				const {kept}: {kept: Array<{kind: string; name: string; reason: string}>} = JSON.parse(stdout);
				t.deepEqual(
					kept.map(({kind, name, reason}) => `${kind} ${name}: ${reason}`),
					['image mine:latest: you call it mine:latest'],
				);
				const names = await engine.docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}');
				t.notRegex(names, /^(?:own|again):/m);
				await engine.docker('rmi', 'mine');
			},
		);
	},
	['26'],
);
