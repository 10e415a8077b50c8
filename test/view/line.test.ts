import test from 'ava';
import {cleanLine} from '../../source/text/terminal-text.js';
import {cutLine, justifyLine, keySpans, type Line, span} from '../../source/view/line.js';
import {createRandom} from '../tools/create-random.js';
import {deep} from '../tools/deep.js';
import {emulateTerminal} from '../tools/emulate-terminal.js';

const random = createRandom(80_24);
const below = (limit: number): number => Math.floor(random() * limit);

/** Pieces that terminals and programs have counted differently. */
const pieces = [
	'a',
	'word ',
	'構',
	'建',
	'🚀',
	'👩‍💻',
	'é',
	'e\u0301',
	'…',
	'│',
	'\u001B[31mred\u001B[0m',
	'  ',
];
/** All output is cleaned before it comes here: terminals do not agree on what joins emoji. */
const anyText = (): string =>
	cleanLine(Array.from({length: below(12)}, () => pieces[below(pieces.length)]).join(''));
const anyLine = (): Line => Array.from({length: 1 + below(4)}, () => span(anyText()));
const textOf = (line: Line): string => line.map(({text}) => text).join('');

const columnsOfTerminal = 120;
const {write, cell, screen} = emulateTerminal(columnsOfTerminal, 2);

/** The text of a line on a terminal, and the columns that it takes there. */
const shown = async (line: Line): Promise<{text: string; columns: number}> => {
	await new Promise<void>(resolve => write(`\u001B[2J\u001B[H${textOf(line)}\u001B[0m|`, resolve));
	let last = columnsOfTerminal - 1;
	while (last > 0 && cell(last, 0).text !== '|') last--;
	return {text: screen()[0] ?? '', columns: last};
};

const lines = deep(200, 1000);
test.serial('lines are cut to their columns, and marked', async t => {
	let cutOnes = 0;
	for (let turn = 0; turn < lines; turn++) {
		const line = anyLine();
		const columns = 1 + below(50);
		const cut = cutLine(line, columns);
		const {text, columns: taken} = await shown(cut);
		t.true(taken <= columns, `${taken} columns instead of ${columns}: ${text}`);
		if (textOf(cut) === textOf(line)) continue;
		cutOnes++;
		t.true(text.endsWith('…|'), text);
	}
	t.true(cutOnes > lines * 0.3, String(cutOnes));
});

test.serial('two lines as one fill the columns exactly', async t => {
	for (let turn = 0; turn < deep(60, 300); turn++) {
		const columns = 1 + below(80);
		const {text, columns: taken} = await shown(justifyLine(anyLine(), anyLine(), columns));
		t.true(Math.abs(columns - taken) <= 1 && taken <= columns, `${taken} of ${columns}: ${text}`);
	}
});

const press = (key: string, command: string, folder: string) =>
	`Press **${key}** to run \`${command}\` in ${folder}.`;
const values: Record<string, [key: string, command: string, folder: string]> = {
	'plain values': ['enter', 'docker ps', '/home/ada'],
	'values with stars': ['**', 'ls **/*.go', '/home/**ada**'],
	'values with backticks': ['`', 'echo `date`', '/home/`ada`/b'],
	'values that look like each other': ['\uFDD1', '\uFDD2', '\uFDD0'],
	'empty values': ['', '', ''],
};
for (const [name, [key, command, folder]] of Object.entries(values)) {
	test(`${name} have the style of their place in a message`, t => {
		t.deepEqual(keySpans(press, key, command, folder), [
			span('Press '),
			span(key, 'strong'),
			span(' to run '),
			span(command, 'typed'),
			span(` in ${folder}.`),
		]);
	});
}
