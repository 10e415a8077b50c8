import {appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {byQ, hasLeft} from '../tools/leave.js';
import {runCli} from '../tools/run-cli.js';
import {keys} from '../tools/terminal.js';
import {trust} from '../tools/trust.js';
import {takeInventory} from './inventory.js';
import {workshopOf} from './make-faults.js';
import {openCommand, waitForWords} from './open-command.js';
import {type Place, stateOf} from './run-in-background.js';

/** What became of the ledger after a session, and what clean-up then still knows of it. */
type Fault = {
	name: string;
	arrange(file: string): void;
	/** The container of that session is known as the workshop's. */
	isKnown: boolean;
};

const faults: Fault[] = [
	{
		name: 'ends in the middle of a line',
		arrange: file => appendFileSync(file, '{"kind":"ima'),
		isKnown: true,
	},
	{
		name: 'has lines of a newer version',
		arrange: file => appendFileSync(file, '{"kind":"network","engine":"x","id":"y"}\n'),
		isKnown: true,
	},
	{
		name: 'begins with bytes that are no text',
		arrange: file => writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0, 0x0a]), readFileSync(file)])),
		isKnown: true,
	},
	{
		name: 'has a folder beside it with the name of a file',
		arrange: file => mkdirSync(path.join(path.dirname(file), '0000.jsonl')),
		isKnown: true,
	},
	{name: 'is empty', arrange: file => writeFileSync(file, ''), isKnown: false},
	{
		name: 'has given its place to a folder',
		arrange(file) {
			rmSync(file);
			mkdirSync(file);
		},
		isKnown: false,
	},
];

const ledgerFolder = (place: Place): string => {
	const ledgers = path.join(stateOf(place), 'ledger');
	return path.join(ledgers, readdirSync(ledgers)[0] ?? '');
};

const command = 'docker run -d --stop-signal KILL alpine:3.13 sleep 86400';

engineTests((engineTest, engineName) => {
	if (engineName !== '26') return;
	for (const {name, arrange, isKnown} of faults) {
		engineTest(`a ledger that ${name} makes nothing of the learner’s ours`, async (t, engine) => {
			const {env, docker} = engine;
			const place = {home: temporaryFolder(), cwd: temporaryFolder()};
			const mine = await docker('run', '-d', 'alpine:3.13', 'sleep', '86400');
			const theirs = await takeInventory(engine);
			const folder = workshopOf(command);
			const ran = await runCli(['run', '--yes', '--workshop', folder, ...trust(folder)], {...place, env});
			t.is(ran.exitCode, 0, ran.stderr);
			const [file = ''] = readdirSync(ledgerFolder(place));
			arrange(path.join(ledgerFolder(place), file));
			const cleaned = await runCli(['cleanup', '--yes', '--workshop', folder], {...place, env});
			t.is(cleaned.exitCode, 0, cleaned.stderr);
			const left = await takeInventory(engine);
			if (isKnown) t.deepEqual(left, theirs);
			t.is(left.containers.length, isKnown ? 1 : 2);
			t.true(left.running.includes(mine));
			await docker('rm', '-f', ...left.containers);
		});
	}

	engineTest(
		'a file in the place of the ledger stops a command, and it goes on without',
		async (t, {env}) => {
			const home = temporaryFolder();
			const terminal = await openCommand(command, {home, env});
			const ledger = path.join(stateOf({home, cwd: ''}), 'ledger');
			writeFileSync(ledger, 'mine');
			terminal.press(keys.enter);
			await waitForWords(
				terminal,
				/What the workshop creates can’t be recorded: a file is in the place of a folder \(/,
			);
			rmSync(ledger);
			terminal.press(keys.enter);
			await terminal.waitFor('passed: The command ended with exit code 0.');
			await byQ.leave(terminal, false);
			await hasLeft(t, terminal, byQ);
		},
	);
});
