import test from 'ava';
import {execa} from 'execa';

test('the benches start without a test runner, and name each other when asked for an unknown one', async t => {
	const {exitCode, stderr} = await execa('node', ['--import=tsx', 'test/bench/main.ts', 'no-such'], {
		reject: false,
	});
	t.is(exitCode, 2);
	t.regex(stderr, /^There is no bench called `no-such`; there is doctor, .*, board-frames\.$/);
});
