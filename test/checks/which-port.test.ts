import test, {type ExecutionContext} from 'ava';
import {findListeningPort} from '../../source/checks/port-chain.js';

const is = test.macro(
	(t: ExecutionContext, loggedPort: number | null, command: string[], port: number | null) => {
		t.is(findListeningPort({loggedPort, command}), port);
	},
);

test('its log says it', is, 80, ['/app/whoami', '-port', '5000'], 80);
test('-port and a space', is, null, ['/app/whoami', '-port', '5000'], 5000);
test('-port and =', is, null, ['/app/whoami', '-port=5000'], 5000);
test('--port and a space', is, null, ['/app/whoami', '--port', '5000'], 5000);
test('--port and =', is, null, ['/app/whoami', '--port=5000'], 5000);
test('the last of two counts', is, null, ['/app/whoami', '-port', '5000', '-port', '6000'], 6000);
test('inside a line for a shell', is, null, ['/bin/sh', '-c', '/app/whoami -port 5000'], 5000);
test('a flag that ends in port is another one', is, null, ['/app/whoami', '-support', '5000'], null);
test('no number', is, null, ['/app/whoami', '-port', 'web'], null);
test('no -port', is, null, ['/app/whoami'], null);
test('a port that there is none of, in its arguments', is, null, ['/app/whoami', '-port', '70000'], null);
test('a port that there is none of, in its log', is, 70_000, ['/app/whoami', '-port', '70000'], null);
test('the last port that there is', is, null, ['/app/whoami', '-port', '65535'], 65_535);
