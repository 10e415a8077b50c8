import {appendFileSync, existsSync, mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {toString as textOf} from 'mdast-util-to-string';
import {parseMarkdown} from '../../source/workshop/markdown.js';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {runHere} from '../tools/run-here.js';
import {trust} from '../tools/trust.js';

/** What the guide tells a new author to do, in its order: a file to write, or a command to run. */
type Instruction = {file: string; text: string} | {command: string[]};

const instructions = (): Instruction[] => {
	const {children} = parseMarkdown(readFileSync('workshops/readme.md', 'utf8'));
	return children.flatMap((node, index): Instruction[] => {
		if (node.type !== 'code') return [];
		const before = children[index - 1];
		const file = before && /^Write (\S+):$/.exec(textOf(before))?.[1];
		if (file) return [{file, text: `${node.value}\n`}];
		return node.lang === 'sh' ? node.value.split('\n').map(line => ({command: line.split(' ')})) : [];
	});
};

/** Does it all in an empty folder. `isWanted`: which commands are run. */
const follow = async (
	t: ExecutionContext,
	isWanted: (command: string) => boolean,
	env: Record<string, string>,
): Promise<{folder: string; ran: string[]}> => {
	const place = {cwd: temporaryFolder(), home: temporaryFolder()};
	const folder = path.join(place.cwd, 'greeting');
	const ran: string[] = [];
	const run = env.PATH === '/nowhere' ? runHere : runCli;
	for (const instruction of instructions()) {
		if ('file' in instruction) {
			const file = path.join(place.cwd, instruction.file);
			t.false(existsSync(file), instruction.file);
			mkdirSync(path.dirname(file), {recursive: true});
			appendFileSync(file, instruction.text);
			continue;
		}
		const [program, subcommand = '', ...args] = instruction.command;
		t.is(program, 'multistage-workshop');
		if (!isWanted([subcommand, ...args].join(' '))) continue;
		const given = args.map(arg => (arg === '<hash>' ? (trust(folder)[1] ?? '') : arg));
		const {stdout, stderr, exitCode} = await run([subcommand, ...given], {
			...place,
			env,
		});
		t.is(exitCode, 0, `${subcommand}:\n${stdout}${stderr}`);
		ran.push(instruction.command.slice(1).join(' '));
	}
	return {folder, ran};
};

test.serial('a folder that is written as the guide says is sound at each step of it', async t => {
	const {ran} = await follow(t, command => /^li(?:nt|st) /.test(command) && !command.includes('--engine'), {
		PATH: '/nowhere',
	});
	t.deepEqual(ran, ['lint ./greeting', 'lint ./greeting', 'list ./greeting']);
});

engineTests((engineTest, name) => {
	if (name !== '26') return;
	engineTest(
		'it passes on an engine, and is sound with the recordings that this makes',
		async (t, {env, docker}) => {
			const {folder, ran} = await follow(t, command => /^run |--engine/.test(command), env);
			t.is(ran.length, 3);
			t.true(existsSync(path.join(folder, 'recordings', '26', 'look-inside.jsonl')));
			t.is((await runCli(['lint', folder])).exitCode, 0);
			const replayed = await runCli(['run', '--workshop', folder, '--replay'], {env: {PATH: '/nowhere'}});
			t.is(replayed.exitCode, 0, replayed.stdout);
			t.is(await docker('ps', '-aq'), '');
		},
	);
});
