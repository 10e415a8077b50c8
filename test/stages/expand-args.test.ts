import test from 'ava';
import {expandArgs} from '../../source/stages/dockerfile/instruction-words.js';

const args = new Map([
	['NAME', 'alpine'],
	['PATHS', '/a/b/a.tar.gz'],
	['EMPTY', ''],
	['STARS', 'a*b?c'],
]);

/** What BuildKit makes of each word; where it refuses one, the word stays. */
const words: Array<[word: string, expanded: string]> = [
	['$NAME:3', 'alpine:3'],
	[`\${NAME}x`, 'alpinex'],
	['$NONE', ''],
	['$', '$'],
	['a$ b', 'a$ b'],
	['$1', ''],
	[`\${NAME:-x}`, 'alpine'],
	[`\${EMPTY:-x}`, 'x'],
	[`\${EMPTY-x}`, ''],
	[`\${NONE-x}`, 'x'],
	[`\${NONE:-\${NAME}}`, 'alpine'],
	[`\${NAME:+x}`, 'x'],
	[`\${EMPTY:+x}`, ''],
	[`\${EMPTY+x}`, 'x'],
	[`\${NONE+x}`, ''],
	[`\${NAME:?missing}`, 'alpine'],
	[`\${NONE:?missing}`, `\${NONE:?missing}`],
	[`\${EMPTY?missing}`, ''],
	[`\${PATHS#/a}`, '/b/a.tar.gz'],
	[`\${PATHS#*/}`, 'a/b/a.tar.gz'],
	[`\${PATHS##*/}`, 'a.tar.gz'],
	[`\${PATHS%.*}`, '/a/b/a.tar'],
	[`\${PATHS%%.*}`, '/a/b/a'],
	[`\${PATHS%z}`, '/a/b/a.tar.g'],
	[`\${PATHS#nothing}`, '/a/b/a.tar.gz'],
	[`\${STARS%\\?c}`, 'a*b'],
	[`\${STARS#a\\*}`, 'b?c'],
	[`\${PATHS/a/x}`, '/x/b/a.tar.gz'],
	[`\${PATHS//a/x}`, '/x/b/x.txr.gz'],
	[`\${PATHS/\\/a\\//-}`, '-b/a.tar.gz'],
	[`\${NONE#x}`, ''],
	[`"$NAME"`, 'alpine'],
	[`'$NAME'`, '$NAME'],
	[`a"b c"d`, 'ab cd'],
	[`\${NONE:-"own"}`, 'own'],
	['\\$NAME', '$NAME'],
	['"\\$NAME \\x"', '$NAME \\x'],
	[`\${NAME`, `\${NAME`],
	['"open', '"open'],
	[`\${NAME:#x}`, `\${NAME:#x}`],
	[`\${:x}`, `\${:x}`],
	[`\${ÄRGER:-ä}`, 'ä'],
];
for (const [word, expanded] of words) {
	test(`${word} is ${expanded || 'nothing'}`, t => {
		t.is(expandArgs(word, args), expanded);
	});
}

test('another escape character escapes', t => {
	t.is(expandArgs('`$NAME\\', args, '`'), '$NAME\\');
});
