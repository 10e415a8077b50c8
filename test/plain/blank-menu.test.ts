import test from 'ava';
import {type Menu, mainMenu} from '../../source/plain/menu.js';
import {createPlainPage} from '../../source/plain/plain-output.js';
import type {Intent} from '../../source/session/intents.js';
import {sampleState} from '../tui/sample-state.js';

const page = createPlainPage({LANG: 'C.UTF-8'}, undefined);

const blanked = (() => {
	const state = sampleState({stepId: 'build'});
	const chapters = state.workshop.chapters.map(chapter => ({
		...chapter,
		steps: chapter.steps.map(step =>
			step.id === 'build'
				? {...step, kind: 'blank' as const, blanked: 'docker build -t {{?}} {{?}}', fills: ['app', './app']}
				: step,
		),
	}));
	return {...state, workshop: {...state.workshop, chapters}, passed: {read: {at: '', finding: ''}}};
})();

/** Answers one menu after the other. */
const answer = (given: string[]): {intents: Intent[]; shown: string} => {
	let menu: Menu | null = mainMenu(blanked, page);
	let intents: Intent[] = [];
	for (const text of given) {
		const shown: Menu = menu ?? mainMenu(blanked, page);
		({menu, intents} = shown.answer(text));
	}
	return {intents, shown: page.text(menu?.lines ?? []).join(' ')};
};

const asks = test.macro((t, given: string[], shown: string) => t.is(answer(given).shown, shown));
const asksFor = (number: number, command: string) =>
	`Blank ${number} of 2 in \`${command}\`? Enter alone goes back.`;

test('enter asks for the first blank', asks, [''], asksFor(1, 'docker build -t ____ ____'));
test('then for the next one', asks, ['', 'app'], asksFor(2, 'docker build -t app ____'));
test('enter alone goes back', asks, ['', 'app', ''], '');

const runs = test.macro((t, given: string[], line: string) =>
	t.deepEqual(answer(given).intents, [{intent: 'run-line', line}]),
);
test('with the last blank, the line runs', runs, ['', 'app', ' ./app '], 'docker build -t app ./app');
test('a line of one’s own runs in place of an answer', runs, ['', ':docker ps'], 'docker ps');
