import test from 'ava';
import {paintLine} from '../../source/tui/text/paint-line.js';
import type {RenderContext} from '../../source/tui/text/render-context.js';
import {type Line, span} from '../../source/view/line.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {emulateTerminal} from '../tools/emulate-terminal.js';

const renderContext = (isColoured: boolean, locale = 'C.UTF-8'): RenderContext => ({
	symbols: selectSymbols({LANG: locale}, 'linux'),
	isColoured,
	now: () => 0,
});

/** A painted line, cell by cell, as far as cells differ from plain ones. */
const cellsOf = async (line: Line, isColoured: boolean, isMuted: boolean): Promise<string[]> => {
	const terminal = emulateTerminal(40, 1);
	const painted = paintLine(line, renderContext(isColoured), isMuted);
	await new Promise<void>(resolve => terminal.write(painted, resolve));
	return Array.from({length: 40}, (_, column) => terminal.cell(column, 0))
		.filter(({text}) => text !== '')
		.map(({text, foreground, bold, dim, underline, inverse}) =>
			[
				text,
				...(foreground === 'default' ? [] : [foreground]),
				...Object.entries({bold, dim, underline, inverse}).flatMap(([name, is]) => (is ? [name] : [])),
			].join(' '),
		);
};

const looks = test.macro(
	async (
		t,
		line: Line,
		{isColoured = true, isMuted = false}: {isColoured?: boolean; isMuted?: boolean},
		cells: string[],
	) => {
		t.deepEqual(await cellsOf(line, isColoured, isMuted), cells);
	},
);

test('each span has the looks of what it means', looks, [span('a', 'heading'), span('b', 'now')], {}, [
	'a bold underline',
	'b palette 5 bold',
]);
test('what follows a span is plain again', looks, [span('a', 'match'), span('b')], {}, ['a inverse', 'b']);
test('without colours, other looks stay', looks, [span('a', 'first-stage')], {isColoured: false}, ['a bold']);
test(
	'without colours, those that a command printed go too',
	looks,
	[span('a\u001B[31mb')],
	{isColoured: false},
	['a', 'b'],
);
test('what is muted keeps its own looks', looks, [span('a', 'failed')], {isMuted: true}, ['a palette 1 dim']);
test(
	'what is muted stays so behind colours that a command printed',
	looks,
	[span('a\u001B[1mb\u001B[22mc\u001B[31md\u001B[0me')],
	{isMuted: true},
	['a dim', 'b bold dim', 'c dim', 'd palette 1 dim', 'e dim'],
);
test('where there is no Unicode, our own marks have other forms', t => {
	t.is(paintLine([span('a…b')], renderContext(true, 'C')), 'a~b');
});
