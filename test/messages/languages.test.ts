// In a process of its own: it changes the language of everything.
import test from 'ava';
import {messages as english} from '../../source/messages/en/index.js';
import {setMessages} from '../../source/messages/index.js';
import {didYouMean} from '../../source/text/wording.js';
import {pseudoLanguage} from '../tools/pseudo-language.js';

test('one is not told as several', t => {
	t.regex(english.tui.welcome.what(1, 1), /^1 step in 1 chapter\. /);
	t.regex(english.plain.welcome.what(1, 1, 1), /^1 step in 1 chapter, about 1 minute\. /);
});

test('a sentence is said in the language in force, and names and commands stay as they are', t => {
	t.teardown(() => setMessages(english));
	setMessages(pseudoLanguage());
	t.is(didYouMean('lod', ['load']), ' Đîđøø ýóúøø ṁéàńøø `load`?');
});
