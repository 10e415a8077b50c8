// In a process of its own: it changes the language of everything.
import test from 'ava';
import {messages as english} from '../../source/messages/en/index.js';
import {setMessages} from '../../source/messages/index.js';
import {didYouMean} from '../../source/text/wording.js';
import {pseudoLanguage} from '../tools/pseudo-language.js';

test('a sentence is said in the language in force, and names and commands stay as they are', t => {
	t.teardown(() => setMessages(english));
	setMessages(pseudoLanguage());
	t.is(didYouMean('lod', ['load']), ' Đîđøø ýóúøø ṁéàńøø `load`?');
});
