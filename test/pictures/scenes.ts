import type {ExecutionContext} from 'ava';
import {formatHubAddress} from '../../source/seat/hub-address.js';
import type {Frame} from '../tools/draw-film.js';
import type {Cell} from '../tools/emulate-terminal.js';
import {openFakeHub} from '../tools/fakes/fake-hub.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {typeLine} from '../tools/type-line.js';
import {walk} from '../tools/walk.js';
import {filmScreens} from './film-screens.js';

/** A screen as it stands, cell by cell. */
export type Scene = {name: string; title: string; cells: Cell[][]};

const wide = {columns: 120, rows: 36};
const narrow = {columns: 56, rows: 20};

const look = (terminal: TestTerminal, {columns, rows}: typeof wide): Cell[][] =>
	Array.from({length: rows}, (_, row) =>
		Array.from({length: columns}, (_, column) => terminal.cell(column, row)),
	);

/** Something was judged, and nothing plays any more. */
const over = (verdict: RegExp): RegExp => new RegExp(`${verdict.source}[\\s\\S]*enter next step`);

/** Goes through the recording as a learner would, and keeps the screens that the guides show. */
export const takeScenes = async (
	t: Pick<ExecutionContext, 'teardown'>,
): Promise<{scenes: Scene[]; film: Frame[]}> => {
	const terminal = openTerminal({args: ['--replay'], ...wide, env: {PATH: '/nowhere'}});
	const scenes: Scene[] = [];
	const keep = (name: string, title: string, size = wide) =>
		void scenes.push({name, title, cells: look(terminal, size)});

	// From as recorded to sixteen times as fast, and back.
	const speedUp = () => terminal.press('ff');
	const slowDown = async () => {
		terminal.press('f');
		await terminal.waitUntil(rows => !rows.join('\n').includes('times as fast ──'), 'the pace as recorded');
	};

	await walk(terminal, /Two builders, one Dockerfile/);
	speedUp();
	await walk(terminal, /\d\/\d+ {2}Build it with BuildKit/);
	await slowDown();
	await walk(terminal, over(/passed: The build skipped test/));
	keep('skipped', 'The stage test is skipped: nothing that is built needs it');
	terminal.resize(narrow.columns, narrow.rows);
	await terminal.waitUntil(
		rows =>
			rows.every(row => row.length <= narrow.columns) &&
			/\benter\b/.test(rows.findLast(row => row !== '') ?? ''),
		'a narrow screen',
	);
	terminal.press(keys.tab);
	await terminal.waitFor('▸ live');
	keep('narrow', 'One pane at a time where the terminal is narrow', narrow);
	terminal.resize(wide.columns, wide.rows);
	await terminal.waitFor(over(/passed: The build skipped test/));

	speedUp();
	await walk(terminal, /\d+\/\d+ {2}Two stages at the same/);
	await slowDown();
	// The footer comes last: the whole screen is drawn.
	await terminal.waitFor(/has not run in this session[\s\S]*a predict {3}d Dockerfile/);
	const film = filmScreens(terminal, () => look(terminal, wide));
	film.keep('ready', 2.5);
	terminal.press(keys.enter);
	await film.until(
		/^(?=[\s\S]*parallel:buildkit · BuildKit)(?=[\s\S]*left: part 4 of 6)(?=[\s\S]*right: part 4 of 6)/,
	);
	film.keep('panes', 0.2);
	keep('panes', 'Four panes, one for each stage: left and right run at the same time');
	await film.until(over(/passed: The stages left/));
	film.keep('timelines', 5);
	keep('timelines', 'The timelines of both builders, one above the other');
	speedUp();
	await walk(terminal, /\d\/\d {2}Compare the sizes/);
	await slowDown();
	await walk(terminal, over(/passed: whoami is/));
	keep('sizes', 'The sizes of two images as bars');
	await walk(terminal, /A port of your own/);
	await typeLine(terminal, 'docker run -d -P whoami -port 5000');
	await terminal.waitFor(/failed: [\s\S]*broken here/);
	keep('broken-link', 'The port chain of the lab, with the broken link marked');
	terminal.kill();
	await terminal.exited;
	return {scenes: [...scenes, await takeClassScene(t, terminal)], film: film.frames};
};

/** Joins a class with the progress of an earlier session, which had come to the lab, and raises the hand. */
const takeClassScene = async (
	t: Pick<ExecutionContext, 'teardown'>,
	{home, cwd}: Pick<TestTerminal, 'home' | 'cwd'>,
): Promise<Scene> => {
	const hub = await openFakeHub(t, {greets: true});
	const join = ['class', 'join', formatHubAddress(hub.address), hub.code, '--yes', '--name', 'Ada'];
	const terminal = openTerminal({args: [...join, '--replay'], ...wide, home, cwd, env: {PATH: '/nowhere'}});
	await terminal.waitFor(/enter start[\s\S]*class ●/);
	terminal.press(keys.enter);
	await terminal.waitFor(/A port of your own/);
	await typeLine(terminal, 'docker run -d -P whoami -port 5000');
	await terminal.waitFor(/failed: [\s\S]*broken here/);
	hub.say({kind: 'pace', workshop: 'multi-stage', chapter: 'lab'});
	hub.say({kind: 'countdown', seconds: 600});
	hub.say({kind: 'say', text: 'Two ports have to match: compare what docker port and docker logs say.'});
	await terminal.waitFor(/Teacher:[\s\S]*class ●/);
	terminal.press('!');
	await terminal.waitFor(/hand up {2}class ●/);
	const cells = look(terminal, wide);
	terminal.kill();
	await terminal.exited;
	return {name: 'class', title: 'The lab in a class: a message of the teacher, and a raised hand', cells};
};
