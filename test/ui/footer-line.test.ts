import test from 'ava';
import {footerLine} from '../../source/ui/keys/footer-line.js';
import {selectSymbols} from '../../source/ui/symbols.js';
import {widthOfLine} from '../../source/ui/text/line.js';
import {sampleState} from './sample-state.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

const fits = test.macro((t, columns: number, expected: string) => {
	const line = footerLine(sampleState(), columns, symbols);
	t.is(line.map(({text}) => text).join(''), expected);
	t.true(widthOfLine(line) <= columns);
});

test(
	'all keys that work, where there is room',
	fits,
	100,
	' enter run   e edit   : command   ← → steps   b builder   h hint   g chapters   ? keys   q quit',
);
test(
	'the steps and the chapters go first',
	fits,
	80,
	' enter run   e edit   : command   b builder   h hint   ? keys   q quit',
);
test('then editing', fits, 66, ' enter run   : command   b builder   h hint   ? keys   q quit');
test('then the builder and typing', fits, 40, ' enter run   h hint   ? keys   q quit');
test('what enter does stays', fits, 12, ' enter run');
test('and is cut at the very last', fits, 8, ' enter …');
