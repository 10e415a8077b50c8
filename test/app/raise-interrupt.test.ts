import process from 'node:process';
import test from 'ava';
import {raiseInterrupt} from '../../source/app/process.js';

/** Whether it is heard here, whether the system is asked to send a signal, and with what the program ends by itself. */
type Did = {isHeard: boolean; isSent: boolean; exitCode: number | null};

/** What an interrupt does on a system. */
const raiseOn = (platform: NodeJS.Platform, listens: boolean): Did => {
	const real = {platform: process.platform, kill: process.kill, exit: process.exit};
	const did: Did = {isHeard: false, isSent: false, exitCode: null};
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
	process.exit = code => {
		did.exitCode = Number(code);
		throw new Error('The program has ended.');
	};
	try {
		raiseInterrupt();
	} catch (error) {
		if (did.exitCode === null) throw error;
	} finally {
		Object.defineProperty(process, 'platform', {value: real.platform});
		process.kill = real.kill;
		process.exit = real.exit;
		process.removeAllListeners('SIGINT');
		for (const listener of before) process.on('SIGINT', listener);
	}
	return did;
};

// No Windows is needed for it: what is asked of the system is what counts.
test.serial('on Windows, ctrl-C at a question reaches what listens for it', t => {
	t.deepEqual(raiseOn('win32', true), {isHeard: true, isSent: false, exitCode: null});
});

test.serial('on Windows, ctrl-C at a question ends a program that does not listen with 130', t => {
	t.deepEqual(raiseOn('win32', false), {isHeard: false, isSent: false, exitCode: 130});
});

test.serial('elsewhere the system sends the signal', t => {
	t.deepEqual(raiseOn('linux', true), {isHeard: false, isSent: true, exitCode: null});
});
