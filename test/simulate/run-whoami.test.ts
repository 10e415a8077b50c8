import test from 'ava';
import {runWhoami} from '../../source/simulate/run-whoami.js';

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
	exec: (t, line: string, exitCode: number) => t.like(runWhoami(line.split(' ')), {listens: false, exitCode}),
	title: (_, line, exitCode) => `whoami with “${line}” ends with ${exitCode}`,
});

test(ends, '-nope', 2);
test(ends, '-port', 2);
test(ends, '-port http', 2);
test(ends, '---port 5000', 2);
test(ends, '-h', 0);
test(ends, '-port 70000', 1);
test(ends, '-port -5', 1);
