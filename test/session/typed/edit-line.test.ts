import test from 'ava';
import {
	type CommandLine,
	editLine,
	type LineEdit,
	openLine,
	typeText,
} from '../../../source/session/command-line.js';

const history = ['docker ps', 'docker build -t simple ./simple', 'ls simple', 'docker run simple'];

/** A line with `|` where the cursor stands. */
const lineAt = (shown: string): CommandLine => ({
	...openLine(shown.replace('|', '')),
	cursor: [...shown].indexOf('|'),
});
const shownOf = ({text, cursor}: CommandLine): string => [...text].toSpliced(cursor, 0, '|').join('');

const edits = test.macro({
	exec(t, before: string, edit: LineEdit, after: string) {
		t.is(shownOf(editLine(lineAt(before), edit, history)), after);
	},
	title: (_, before, edit, after) => `${edit} makes “${before}” to “${after}”`,
});

test(edits, 'a 構建| b', 'left', 'a 構|建 b');
test(edits, '|ab', 'left', '|ab');
test(edits, 'a🚀|b', 'left', 'a|🚀b');
test(edits, 'ab|', 'right', 'ab|');
test(edits, 'docker run  |', 'word-left', 'docker |run  ');
test(edits, 'docker| run x', 'word-right', 'docker run| x');
test(edits, 'docker run| x', 'home', '|docker run x');
test(edits, 'docker |run x', 'end', 'docker run x|');
test(edits, 'do🚀|x', 'erase', 'do|x');
test(edits, '|x', 'erase', '|x');
test(edits, 'a|bc', 'erase-next', 'a|c');
test(edits, 'docker run simple |x', 'erase-word', 'docker run |x');
test(edits, 'docker run| x', 'erase-before', '| x');
test(edits, 'docker run| x', 'erase-after', 'docker run|');

const steps = test.macro((t, given: Array<LineEdit | {type: string}>, shown: string) => {
	const line = given.reduce(
		(before, edit) =>
			typeof edit === 'string' ? editLine(before, edit, history) : typeText(before, edit.type, history),
		openLine('mine'),
	);
	t.is(shownOf(line), shown);
});

test('older lines come one after the other', steps, ['older', 'older'], 'ls simple|');
test('behind the oldest there is none', steps, Array(9).fill('older'), 'docker ps|');
test('behind the newest is what was being typed', steps, ['older', 'older', 'newer', 'newer'], 'mine|');
test('an older line can be changed', steps, ['older', 'erase-word', {type: 'whoami'}], 'docker run whoami|');
test(
	'a search finds the newest line that holds a text',
	steps,
	['search', {type: 'BUILD'}],
	'docker build -t simple ./simple|',
);
test(
	'searching again finds an older one',
	steps,
	['search', {type: 'docker'}, 'search'],
	'docker build -t simple ./simple|',
);
test(
	'a search that finds nothing keeps what is there',
	steps,
	['search', {type: 'ls'}, {type: 'zzz'}],
	'ls simple|',
);
test('erasing in a search looks for less', steps, ['search', {type: 'lsx'}, 'erase'], 'ls simple|');
test(
	'leaving a search gives back what was being typed',
	steps,
	['search', {type: 'ls'}, 'leave-search'],
	'mine|',
);
test('another key takes what was found', steps, ['search', {type: 'ls'}, 'home', {type: 'x'}], 'x|ls simple');
test('what is typed goes in where the cursor stands', steps, ['home', {type: 'the '}], 'the |mine');

test('a line with blanks begins at the first one', t => {
	t.is(shownOf(openLine('docker build -t ␣ --target ␣ .')), 'docker build -t |␣ --target ␣ .');
});
test(edits, 'a |␣ b ␣', 'next-blank', 'a ␣ b |␣');
test(edits, 'a ␣ b |␣', 'next-blank', 'a |␣ b ␣');
test(edits, 'a ␣ b| c', 'next-blank', 'a |␣ b c');
test(edits, 'a| b', 'next-blank', 'a| b');
test('what is typed at a blank replaces it', t => {
	const typed = ['d', 'o'].reduce((line, text) => typeText(line, text, history), openLine('a ␣ b ␣'));
	t.is(shownOf(typed), 'a do| b ␣');
});
