import test from 'ava';
import type {RunView} from '../../source/session/state.js';
import type {Build} from '../../source/stages/model.js';
import type {LiveSide} from '../../source/tui/components/pane-layout.js';
import {buildLive} from '../../source/tui/components/run-panes.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {finishedBuild, runningBuild} from './sample-runs.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');
const tick = {frame: 0, now: 0, sinceSnapshot: 0};
const note = `The first note, ${'which goes on and on, '.repeat(5)}has an end.`;
const short = 'A short note.';

const liveOf = (run: RunView, notes: string[]): LiveSide =>
	buildLive(run, {...(run.build as Build), notes}, {columns: 60, rows: 30}, {symbols, tick});
const textOf = (lines: LiveSide['above']): string =>
	lines.map(line => line.map(({text}) => text).join('')).join(' ');

test('a note that fits stands below the title, and there alone', t => {
	const {above, below} = liveOf(finishedBuild, [short]);
	t.true(textOf(above).includes(short));
	t.false(textOf(below).includes(short));
});

test('a note that does not fit there is told in full once the build has ended', t => {
	t.true(textOf(liveOf(runningBuild, [note]).above).endsWith('…'));
	const {above, below} = liveOf(finishedBuild, [note]);
	t.false(textOf(above).includes('first note'));
	t.true(textOf(below).includes(note));
});
