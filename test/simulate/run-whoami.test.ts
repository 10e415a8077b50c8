import test from 'ava';
import {runWhoami} from '../../source/simulate/start-container.js';

const listens = test.macro({
	exec: (t, line: string, port: number) =>
		t.deepEqual(runWhoami(line.split(' ').filter(Boolean)), {listens: true, port}),
	title: (_, line, port) => `whoami with “${line}” listens on ${port}`,
});

test(listens, '', 80);
test(listens, '-port 5000', 5000);
test(listens, '--port=5000', 5000);
test(listens, '-port 5000 -port 6000', 6000);
test(listens, 'now -port 5000', 80);
test(listens, '-- -port 5000', 80);
test(listens, '-port 0x1388', 5000);
test(listens, '-port 5_000', 5000);

const ends = test.macro({
	exec: (t, line: string, exitCode: number, complaint: string) =>
		t.deepEqual(runWhoami(line.split(' ')), {listens: false, exitCode, complaint}),
	title: (_, line, exitCode) => `whoami with “${line}” ends with ${exitCode}`,
});

test(ends, '-nope', 2, 'flag provided but not defined: -nope');
test(ends, '-port', 2, 'flag needs an argument: -port');
test(ends, '-port http', 2, 'invalid value "http" for flag -port: parse error');
test(
	ends,
	'-port 99999999999999999999',
	2,
	'invalid value "99999999999999999999" for flag -port: value out of range',
);
test(ends, '---port 5000', 2, 'bad flag syntax: ---port');
test(ends, '-h', 0, '    \tport to listen on (default 80)');
test(ends, '-port 70000', 1, 'listen tcp: address 70000: invalid port');
test(ends, '-port -5', 1, 'listen tcp: address -5: invalid port');
