import {writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {byQ, hasLeft} from '../tools/leave.js';
import {ownDisk} from '../tools/own-disk.js';
import {keys} from '../tools/terminal.js';
import {openCommand, waitForWords} from './open-command.js';

/** When the disk of the state folder becomes full, and what the screen says of it. */
type Fault = {
	name: string;
	command: string;
	/** After this stands on the screen; null: before the command is run. */
	after: RegExp | null;
	says: RegExp;
};

const unkept = /failed: Not all output of the command could be saved: the disk is full\. next: make room/;

const faults: Fault[] = [
	{
		name: 'before the ledger is written',
		command: 'docker run --rm alpine:3.13 echo printed',
		after: null,
		says: /What the workshop creates can’t be recorded: the disk is full\. Next: fix that/,
	},
	{
		name: 'before a transcript is opened',
		command: 'sh -c "echo printed"',
		after: null,
		says: /failed: The output can’t be saved: the disk is full\./,
	},
	{
		name: 'while a command prints',
		command: 'sh -c "echo begun; until [ -e go ]; do sleep 0.1; done; seq 10000 && echo printed"',
		after: /│ begun/,
		says: unkept,
	},
	{
		name: 'while a container prints',
		command: 'docker run --rm alpine:3.13 sh -c "echo begun; sleep 2; seq 10000; echo printed"',
		after: /│ begun/,
		says: unkept,
	},
];

engineTests((engineTest, engineName) => {
	if (engineName !== '26' || process.getuid?.() !== 0) return;
	for (const {name, command, after, says} of faults) {
		engineTest(`a disk that is full ${name} is told, and with room it goes on`, async (t, engine) => {
			const home = temporaryFolder();
			const disk = ownDisk(path.join(home, '.local', 'state'));
			const terminal = await openCommand(command, {home, env: engine.env, through: disk.through});
			if (!after) disk.fill(terminal);
			terminal.press(keys.enter);
			if (after) {
				await terminal.waitFor(after);
				disk.fill(terminal);
				writeFileSync(path.join(terminal.cwd, 'one', 'go'), '');
			}
			await waitForWords(terminal, says);
			disk.free(terminal);
			terminal.press(keys.enter);
			await terminal.waitFor('passed: The command ended with exit code 0.');
			await byQ.leave(terminal, false);
			const rows = await hasLeft(t, terminal, byQ);
			t.deepEqual(rows.slice(0, 1), ['One: 1 of 1 steps passed.']);
			t.is(await engine.docker('ps', '-aq'), '');
		});
	}
});
