import './force-colours.js';
import {PassThrough} from 'node:stream';
import test from 'ava';
import type {Session} from '../../source/session/session.js';
import {openScreen} from '../../source/tui/open-screen.js';
import {sampleState} from './sample-state.js';

test('keys are read one by one before anything is drawn: the terminal echoes none of them into a frame', async t => {
	const happened: string[] = [];
	const stdout = Object.assign(new PassThrough(), {isTTY: true, columns: 80, rows: 24});
	stdout.on('data', () => happened.push('drawn'));
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		setRawMode: (isOn: boolean) => happened.push(isOn ? 'raw' : 'cooked'),
		ref() {},
		unref() {},
	});
	const state = sampleState({ending: {summary: ['Good bye.']}});
	// One that has ended is asked for nothing else.
	const session = {getState: () => state, subscribe: () => () => {}} as unknown as Session;
	await openScreen(session, {
		stdin: stdin as unknown as NodeJS.ReadStream,
		stdout: stdout as unknown as NodeJS.WriteStream,
	});
	t.is(happened[0], 'raw');
	t.true(happened.includes('drawn'));
	t.is(
		happened.findLast(event => event !== 'drawn'),
		'cooked',
	);
});
