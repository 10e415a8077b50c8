import {engineTests, everyEngine} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {openTalk} from '../tools/talk.js';
import {trust} from '../tools/trust.js';
import {writeFiles} from '../tools/write-files.js';

const step = (id: string, stages: string, command: string): string => `## Build ${id}

<!-- step
id: ${id}
kind: run
checks:
  - {check: exit, is: 0, finding: failed, hint: The build ended with an error.}
  - {check: stages, ${stages}, finding: other-stages, hint: Build the target test.}
-->

Press enter.

\`\`\`sh run
${command}
\`\`\`

`;

/** A workshop whose checks are true only where arguments, variables and named stages are read as the builder reads them. */
const workshop = {
	'workshop.md': `---
format: 1
id: observed
title: What is built
minutes: 5
images: [alpine:3.13]
contexts: [app]
---

Two builds.
`,
	'01-first.md': `# First

${step('target', 'done: [test], skipped: [lint, prod]', 'docker build --no-cache -t observed:test --target test ./app')}${step(
	'argument',
	'done: [prod], skipped: [dev]',
	'docker build --no-cache -t observed:prod --build-arg MODE=prod -f app/Dockerfile.mode ./app',
)}`,
	'app/Dockerfile': [
		'FROM alpine:3.13 AS base',
		'RUN echo base > /b',
		...['test', 'lint', 'prod'].flatMap(name => [`FROM base AS ${name}`, `RUN echo ${name}`]),
	].join('\n'),
	'app/Dockerfile.mode': [
		'ARG MODE=dev',
		...['dev', 'prod'].flatMap(name => [`FROM alpine:3.13 AS ${name}`, `RUN echo ${name}`]),
		`FROM \${MODE}`,
		'RUN echo result',
	].join('\n'),
};

engineTests(engineTest => {
	engineTest('an author’s check of stages holds where an argument chooses them', async (t, {env}) => {
		const folder = temporaryFolder();
		writeFiles(folder, workshop);
		const args = ['run', '--yes', '--json', '--workshop', folder, ...trust(folder)];
		const {exitCode, stdout} = await runCli(args, {env});
		t.is(exitCode, 0, stdout);
	});

	engineTest(
		'a typed build passes the step, however its target and context are written',
		async (t, {env}) => {
			const folder = temporaryFolder();
			writeFiles(folder, workshop);
			for (const line of [
				'docker build --no-cache -t observed:one --target $STAGE $PWD/app',
				'docker build --no-cache -t observed:two -f=app/Dockerfile --target=$STAGE app -m 512m',
			]) {
				const loop = openTalk({args: [folder, ...trust(folder)], env: {...env, COLUMNS: '200'}});
				await loop.asked();
				loop.say('');
				await loop.asked();
				loop.say(':export STAGE=test');
				await loop.asked();
				loop.say(`:${line}`);
				const news = await loop.asked();
				t.regex(news, /passed/, `${line}\n${news}`);
				t.notRegex(news, /instead of|but you built/);
				loop.kill('SIGKILL');
				await loop.exited;
			}
		},
	);
});

engineTests((engineTest, name) => {
	// `--call` came with buildx 0.17.
	if (!name.startsWith('28')) return;
	engineTest('what only reads a Dockerfile shows its table, and builds nothing', async (t, {env}) => {
		const folder = temporaryFolder();
		writeFiles(folder, workshop);
		const loop = openTalk({args: [folder, ...trust(folder)], env: {...env, COLUMNS: '200'}});
		await loop.asked();
		loop.say('');
		await loop.asked();
		loop.say(':docker build --call=outline -f app/Dockerfile.mode app');
		const outline = await loop.asked();
		t.regex(outline, /BUILD ARG[\s\S]*MODE/);
		t.notRegex(outline, /stage \w+: |BuildKit built it|passed/);
		loop.say(':docker build --check app');
		const checked = await loop.asked();
		t.regex(checked, /no warnings found|Check complete/);
		t.notRegex(checked, /stage \w+: |passed/);
		loop.kill('SIGKILL');
		await loop.exited;
	});
}, everyEngine);
