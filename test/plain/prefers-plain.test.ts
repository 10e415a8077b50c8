import test from 'ava';
import {prefersPlain} from '../../source/plain/prefers-plain.js';

const terminal = {isTTY: true};
const pipe = {};

const prefers = test.macro(
	(t, environment: Record<string, string>, streams: Parameters<typeof prefersPlain>[1], expected: boolean) =>
		t.is(prefersPlain(environment, streams), expected),
);

const both = {stdin: terminal, stdout: terminal};
test('a terminal gets a screen', prefers, {TERM: 'xterm'}, both, false);
test('a pipe to read from', prefers, {TERM: 'xterm'}, {stdin: pipe, stdout: terminal}, true);
test('a pipe to write to', prefers, {TERM: 'xterm'}, {stdin: terminal, stdout: pipe}, true);
test('a terminal that can’t move its cursor', prefers, {TERM: 'dumb'}, both, true);
test('who asks for accessible programs', prefers, {ACCESSIBLE: '1'}, both, true);
test('who asks for no accessible programs', prefers, {ACCESSIBLE: '0'}, both, false);
test('Ink’s screen-reader mode', prefers, {INK_SCREEN_READER: 'true'}, both, true);
