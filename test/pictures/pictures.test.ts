import {writeFileSync} from 'node:fs';
import test from 'ava';
import {drawPicture} from '../tools/draw-picture.js';
import {openTerminal} from '../tools/terminal.js';
import {walk} from '../tools/walk.js';

/** `npm run pictures` sets it: then the pictures of the readme are drawn anew. */
const draws = process.env.DRAW_PICTURES === '1' ? test : test.skip;

draws('the panes while two stages run at the same time', async t => {
	const [columns, rows] = [120, 30];
	const terminal = openTerminal({args: ['--replay'], columns, rows, env: {PATH: '/nowhere'}});
	await walk(terminal, /^(?=[\s\S]*parallel:buildkit · BuildKit)(?=[\s\S]*right: part 4 of 6)/);
	const cells = Array.from({length: rows}, (_, row) =>
		Array.from({length: columns}, (_, column) => terminal.cell(column, row)),
	);
	writeFileSync(
		'media/panes.svg',
		drawPicture(cells, 'Four panes, one for each stage: left and right run at the same time'),
	);
	terminal.kill();
	await terminal.exited;
	t.pass();
});
