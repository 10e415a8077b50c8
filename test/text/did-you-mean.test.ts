import test from 'ava';
import {didYouMean, nearest} from '../../source/text/did-you-mean.js';

const commands = ['list', 'doctor', 'run', 'check', 'lint', 'pack', 'cleanup', 'reset'];

const means = test.macro((t, word: string, known: string[], expected: string | null) => {
	t.is(nearest(word, known), expected);
});

test('a wrong letter', means, 'docter', commands, 'doctor');
test('a letter too many', means, 'cleeanup', commands, 'cleanup');
test('two letters that changed places', means, 'lsit', commands, 'list');
test('the beginning of one word', means, 'clean', commands, 'cleanup');
test('the beginning of several words', means, 'l', ['list', 'lint'], null);
test('capitals', means, 'Doctor', commands, 'doctor');
test('a word like no other', means, 'kubernetes', commands, null);
test('a short word with another meaning', means, 'ls', commands, null);
test('nothing', means, '', commands, null);
test('nothing is known', means, 'list', [], null);

test('the question follows a sentence', t => {
	t.is(`There is none.${didYouMean('chek', commands)}`, 'There is none. Did you mean `check`?');
	t.is(`There is none.${didYouMean('kubernetes', commands)}`, 'There is none.');
});
