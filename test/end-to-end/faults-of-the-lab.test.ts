import {existsSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {writeWorkshop} from '../bench/write-workshop.js';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {byQ, hasLeft} from '../tools/leave.js';
import {readOnlyFolder} from '../tools/own-disk.js';
import {keys} from '../tools/terminal.js';
import {openCommand, waitForWords} from './open-command.js';

/** What becomes of the lab folder, `bench` in the learner's own; what the screen says of it, if that stops the build. */
type Fault = {
	name: string;
	/** Before the program starts; returns what it is run through. */
	before?: (cwd: string) => string[];
	/** Before the build is run once more. */
	strike?: (lab: string) => void;
	/** In the middle of it. */
	during?: (lab: string) => void;
	says: RegExp | null;
	heal?: (lab: string) => void;
};

const remove = (lab: string) => rmSync(lab, {recursive: true});

const faults: Fault[] = [
	{name: 'is removed before a build', strike: remove, says: null},
	{name: 'is removed in the middle of a build', during: remove, says: null},
	{
		name: 'gives its place to a file',
		strike(lab) {
			remove(lab);
			writeFileSync(lab, 'mine');
		},
		says: /The lab files can’t be written to \S+: something else is in its place \(\S+\)\. Next: choose another folder with --dir <folder>/,
		heal: remove,
	},
	{
		name: 'can’t be made, as its disk may only be read',
		before: readOnlyFolder,
		says: /The lab files can’t be written to \S+: the disk is read-only \(\S+\)\. Next: choose another folder/,
	},
];

const dockerfile = 'FROM alpine:3.13\nRUN sleep 1 && echo begun && sleep 1\n';

engineTests((engineTest, engineName) => {
	if (engineName !== '26' || process.getuid?.() !== 0) return;
	for (const {name, before, strike, during, says, heal} of faults) {
		engineTest(`a lab folder that ${name} loses nothing, and it goes on`, async (t, engine) => {
			const command = 'docker build --no-cache ./context';
			const steps = (before ? ['build'] : ['first', 'build']).map(id => ({id, command}));
			const folder = writeWorkshop(temporaryFolder(), steps, dockerfile);
			const cwd = temporaryFolder();
			const lab = path.join(cwd, 'bench');
			const through = before?.(cwd) ?? [];
			const terminal = await openCommand({folder}, {env: engine.env, cwd, through});
			if (!before) {
				terminal.press(keys.enter);
				await terminal.waitFor('enter next step');
				terminal.press(keys.enter);
				await terminal.waitFor('enter run');
			}
			strike?.(lab);
			terminal.press(keys.enter);
			if (during) {
				await terminal.waitFor(/│ begun/);
				during(lab);
			}
			if (says) {
				await waitForWords(terminal, says);
				heal?.(lab);
				if (heal) terminal.press(keys.enter);
			}
			const isHealed = !says || heal;
			if (isHealed) await terminal.waitFor('passed: The command ended with exit code 0.');
			await byQ.leave(terminal, false);
			const passed = isHealed ? steps.length : 0;
			t.is((await hasLeft(t, terminal, byQ))[0], `Bench: ${passed} of ${steps.length} steps passed.`);
			if (!during && isHealed) t.true(existsSync(path.join(lab, 'context', 'Dockerfile')));
		});
	}
});
