import test from 'ava';
import {didYouMean, findNearest} from '../../source/text/wording.js';

const commands = ['list', 'doctor', 'run', 'check', 'lint', 'pack', 'cleanup', 'reset'];

const options = test.macro((t, word: string, known: string[], expected: string | null) => {
	t.is(findNearest(word, known), expected);
});

test('a wrong letter', options, 'docter', commands, 'doctor');
test('a letter too many', options, 'cleeanup', commands, 'cleanup');
test('two letters that changed places', options, 'lsit', commands, 'list');
test('the beginning of one word', options, 'clean', commands, 'cleanup');
test('the beginning of several words', options, 'l', ['list', 'lint'], null);
test('capitals', options, 'Doctor', commands, 'doctor');
test('a word like no other', options, 'kubernetes', commands, null);
test('a short word with another meaning', options, 'ls', commands, null);
test('nothing', options, '', commands, null);
test('nothing is known', options, 'list', [], null);

test('the question follows a sentence', t => {
	t.is(`There is none.${didYouMean('chek', commands)}`, 'There is none. Did you mean `check`?');
	t.is(`There is none.${didYouMean('kubernetes', commands)}`, 'There is none.');
});
