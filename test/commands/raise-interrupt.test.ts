import process from 'node:process';
import test from 'ava';
import {raiseInterrupt} from '../../source/commands/end-signals.js';

/** What an interrupt does on a system: whether it is heard here, and whether the system is asked to send a signal. */
const raiseOn = (platform: NodeJS.Platform, listens: boolean): {isHeard: boolean; isSent: boolean} => {
	const real = {platform: process.platform, kill: process.kill};
	const did = {isHeard: false, isSent: false};
	const hear = () => {
		did.isHeard = true;
	};
	const before = process.listeners('SIGINT');
	process.removeAllListeners('SIGINT');
	if (listens) process.on('SIGINT', hear);
	Object.defineProperty(process, 'platform', {value: platform});
	process.kill = () => {
		did.isSent = true;
		return true;
	};
	try {
		raiseInterrupt();
	} finally {
		Object.defineProperty(process, 'platform', {value: real.platform});
		process.kill = real.kill;
		process.removeAllListeners('SIGINT');
		for (const listener of before) process.on('SIGINT', listener);
	}
	return did;
};

// No Windows is needed for it: what is asked of the system is what counts.
test.serial('on Windows, ctrl-C at a question reaches what listens for it', t => {
	t.deepEqual(raiseOn('win32', true), {isHeard: true, isSent: false});
});

test.serial('on Windows, ctrl-C at a question ends a program that does not listen', t => {
	t.deepEqual(raiseOn('win32', false), {isHeard: false, isSent: true});
});

test.serial('elsewhere the system sends the signal', t => {
	t.deepEqual(raiseOn('linux', true), {isHeard: false, isSent: true});
});
