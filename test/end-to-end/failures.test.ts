import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {layoutScreen} from '../../source/tui/text/layout.js';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {beginAt} from '../tools/begin-at.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';

const size = {columns: 120, rows: 36};
/** Words, or what they match. */
type Says = string | RegExp;

const shipped = readFileSync(
	path.join(import.meta.dirname, '../../workshops/multi-stage/simple/Dockerfile'),
	'utf8',
);

/** An engine that has a mirror, and the way it asks it, learns that there is no such image; the others reach nothing. */
const noRegistry = /and (?:no registry can be reached|the registry has no image with that name and tag)/;

/** One mistake in the shipped Dockerfile, and what the screen says of it. */
const mistakes: Array<{what: string; line: RegExp; mistake: string; says: Says[]}> = [
	{
		what: 'RUN',
		line: /^RUN echo 'build: .*$/m,
		mistake: 'RUN compile-app',
		says: [
			'failed in stage build, line 8 of the Dockerfile, exit code 127',
			'There is no program compile-app in this stage: install it, or check the spelling.',
			'compile-app: not found',
			'cut off because of it:',
		],
	},
	{
		what: 'COPY',
		line: /^RUN echo 'build: .*$/m,
		mistake: 'COPY app.c /app.c',
		says: [
			'failed in stage build, line 8 of the Dockerfile',
			'The file app.c is not in the build context, or .dockerignore excludes it.',
		],
	},
	{
		what: 'parsing',
		line: /^RUN echo 'build: /m,
		mistake: "RUNN echo 'build: ",
		says: [
			'failed before any stage began, line 8 of the Dockerfile',
			'There is no Dockerfile instruction RUNN: check the spelling.',
		],
	},
	{
		what: 'a missing stage',
		line: /--from=build/,
		mistake: '--from=biuld',
		says: [
			'failed in stage final, line 18 of the Dockerfile',
			'No earlier stage is called biuld, so the build needs an image of that name, and',
			noRegistry,
		],
	},
	{
		what: 'a missing base image',
		line: /^FROM alpine:3.13/m,
		mistake: 'FROM nosuch-image:1',
		says: [
			'failed in stage base, line 3 of the Dockerfile',
			'The image nosuch-image:1 is not on this engine, and',
			noRegistry,
		],
	},
];

/** The words on the right, whatever lines they are broken into. */
const liveWords = (rows: string[]): string => {
	const {columns} = layoutScreen(size, 'all').text;
	return rows
		.map(row => row.slice(columns + 1))
		.join(' ')
		.replaceAll(/\s+/g, ' ');
};

const passed = {at: '2026-01-02T03:04:05Z', finding: 'passed'};

/** Opens the program at a step that builds `simple`, and a way to change its Dockerfile. */
const openAt = async (
	stepId: string,
	builder: 'legacy' | 'buildkit',
	{env}: TestEngine,
): Promise<{terminal: TestTerminal; write(dockerfile: string): void}> => {
	const cwd = temporaryFolder();
	const folder = path.join(cwd, 'multi-stage', 'simple');
	mkdirSync(folder, {recursive: true});
	const before = ['disable-buildkit', 'enable-buildkit', 'build-simple', 'build-simple-buildkit'];
	const home = beginAt(stepId, {
		builder,
		passed: Object.fromEntries(before.filter(id => id !== stepId).map(id => [id, passed])),
	});
	const terminal = openTerminal({...size, env, cwd, home});
	await terminal.waitFor(/engine \d/);
	terminal.press(keys.enter);
	await terminal.waitFor('Press enter to run it.');
	return {terminal, write: text => writeFileSync(path.join(folder, 'Dockerfile'), text)};
};

const fails = async (t: ExecutionContext, terminal: TestTerminal, says: Says[]): Promise<void> => {
	terminal.press(keys.enter);
	const rows = await terminal.waitUntil(
		shown => {
			const words = liveWords(shown);
			return (
				says.every(part => (typeof part === 'string' ? words.includes(part) : part.test(words))) &&
				shown.join('\n').includes('enter run again')
			);
		},
		says.join(' … '),
		60_000,
	);
	t.log(rows.join('\n'));
};

engineTests((engineTest, name) => {
	for (const builder of ['legacy', 'buildkit'] as const) {
		const stepId = builder === 'legacy' ? 'build-simple' : 'build-simple-buildkit';
		engineTest(`the screen says where and why a build by ${builder} failed`, async (t, engine) => {
			const {terminal, write} = await openAt(stepId, builder, engine);
			for (const {line, mistake, says} of mistakes) {
				const dockerfile = shipped.replace(line, mistake);
				t.not(dockerfile, shipped);
				write(dockerfile);
				await fails(t, terminal, says);
			}
			write(shipped);
			terminal.press(keys.enter);
			await terminal.waitFor(/passed: [\s\S]*Press enter to go on/, 60_000);
			terminal.kill('SIGTERM');
			t.is((await terminal.exited).exitCode, 143);
		});
		engineTest(`the screen says that a target is missing, by ${builder}`, async (t, engine) => {
			const {terminal, write} = await openAt('build-simple-test', builder, engine);
			write(shipped.replace('AS test', 'AS tests'));
			await fails(t, terminal, [
				'failed before any stage began',
				'The Dockerfile has no stage test, which --target names.',
			]);
			t.regex(terminal.screen().join('\n'), /tests ─.*cancelled/, name);
			terminal.kill('SIGTERM');
			t.is((await terminal.exited).exitCode, 143);
		});
	}
});
