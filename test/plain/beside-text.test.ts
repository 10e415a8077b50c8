import test from 'ava';
import {choicesFor, mainMenu} from '../../source/plain/menu.js';
import {endText} from '../../source/plain/page-text.js';
import {createPlainPage} from '../../source/plain/plain-output.js';
import {runText} from '../../source/plain/run-text.js';
import type {SessionState} from '../../source/session/state.js';
import type {Line} from '../../source/view/line.js';
import {besideState, careful, careless} from '../tui/sample-beside.js';

const page = createPlainPage({LANG: 'C.UTF-8'}, undefined);
const state = besideState([careless, careful]);
const gain = '0.6 s instead of 3.6 s: 6.0 times as fast as in “Build it again with BuildKit”.';

const textOf = (lines: Line[]): string[] => page.text(lines);

/** What the choice of the timeline says. */
const timeline = (of: SessionState): string[] => {
	const place = choicesFor(of).findIndex(choice => 'page' in choice && choice.page === 'timeline');
	return textOf(mainMenu(of, page).answer(String(place + 1)).lines);
};

test('what was gained follows the run, and stands at the end', t => {
	t.true(
		textOf(runText(state, careful, page))
			.join(' ')
			.includes(gain),
	);
	t.true(
		textOf(endText({...state, screen: 'end'}, page))
			.join(' ')
			.includes(`Build it in a better order: ${gain}`),
	);
});

test('the timeline says how long each instruction of both builds took', t => {
	const lines = timeline(state);
	t.deepEqual(lines.slice(3, 14), [
		'Build it again with BuildKit, 3.6 s in all:',
		'WORKDIR /work: cached',
		'COPY . .: 0.1 s',
		"RUN sleep 2; sed 's/^/installing /' packages.txt: 2.4 s",
		"RUN grep -v '^#' app.txt | tr a-z A-Z | tee /app.txt: 0.4 s",
		'Build it in a better order, 0.6 s in all:',
		'WORKDIR /work: cached',
		'COPY packages.txt ./: cached',
		"RUN sleep 2; sed 's/^/installing /' packages.txt: cached",
		'COPY . .: 0.0 s',
		"RUN grep -v '^#' app.txt | tr a-z A-Z | tee /app.txt: 0.3 s",
	]);
	t.true(lines.join(' ').endsWith(gain));
});

test('of a build alone, it says how long each of its own instructions took', t => {
	const lines = timeline(besideState([careless], {stepId: 'build'}));
	t.is(lines[3], 'By instruction, 3.6 s in all:');
	t.is(lines.length, 8);
});
