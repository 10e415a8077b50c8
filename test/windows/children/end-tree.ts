import {closeSync, openSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {createLiveRunner} from '../../../source/runner/live-runner.js';
import {inheritedEnvironment} from '../../../source/system/processes.js';

/**
 * Runs a program that starts another one, and once that is there ends both in the way that is asked for: `cancel`, or
 * `exit`, as when this program ends while they run. Writes their process IDs and prints how the run ended. The inner one
 * is detached, or Node itself would end it with the outer one.
 */
const [, , way = '', folder = ''] = process.argv;
const idle = 'setInterval(() => {}, 1000)';
const parent = `const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(idle)}], {stdio: 'ignore', detached: true});
console.log([process.pid, child.pid].join(' ') + '.'); ${idle}`;

const open = (name: string) => {
	const file = path.join(folder, name);
	return {path: file, descriptor: openSync(file, 'w')};
};
const runner = createLiveRunner(() => {
	const [stdout, stderr] = [open('stdout'), open('stderr')];
	return {
		stdout,
		stderr,
		started() {},
		shortage: () => null,
		close: () => [stdout, stderr].map(({descriptor}) => closeSync(descriptor)),
	};
});
process.once('exit', runner.killAll);
const abort = new AbortController();
let printed = '';
runner.start(
	{
		runId: 'run',
		stepId: null,
		argv: [process.execPath, '-e', parent],
		cwd: folder,
		env: inheritedEnvironment(),
		builder: null,
		format: null,
	},
	event => {
		if (event.type === 'output') printed += Buffer.from(event.bytes).toString();
		if (event.type === 'ended') process.stdout.write(event.outcome.ended);
		if (event.type !== 'output' || !printed.includes('.')) return;
		writeFileSync(path.join(folder, 'pids'), printed.trim().replace('.', ''));
		if (way === 'cancel') abort.abort();
		else process.exit();
	},
	abort.signal,
);
