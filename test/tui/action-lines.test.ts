import test from 'ava';
import type {Verdict} from '../../source/checks/model.js';
import type {SessionState} from '../../source/session/state.js';
import {actionLines, fewerActionLines} from '../../source/tui/screens/step/text-side.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {sampleState} from './sample-state.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

const verdictOf = (verdict: Verdict['verdict']): Verdict => ({
	verdict,
	finding: 'told-by-the-engine',
	reason: 'It is as it is.',
	next: null,
	evidence: null,
});

const prompts = test.macro((t, verdict: Verdict['verdict'], expected: string) => {
	const state = sampleState({
		stepId: 'port',
		challenges: {port: verdictOf(verdict)},
		passed: {port: {at: '2026-01-02T03:04:05Z', finding: 'passed'}},
	});
	const lines = actionLines(state, 80, {symbols, isAlone: false});
	t.is(
		lines
			.at(-1)
			?.map(({text}) => text)
			.join(''),
		expected,
	);
});

test('a lab that passes now did not only pass before', prompts, 'passed', 'Press enter to go on.');
test('a lab that no longer passes', prompts, 'failed', '✔ passed before. Press enter to go on.');

const textsOf = (lines: ReturnType<typeof actionLines>): string[] =>
	lines.map(line => line.map(({text}) => text).join(''));

const fewer = (state: SessionState, rows: number) => {
	const {pinned, rest} = fewerActionLines(state, {columns: 40, rows}, {symbols, isAlone: true});
	return {pinned: textsOf(pinned), rest: textsOf(rest)};
};

test('in less room what does not fit goes to the end of the text, and how it went stays in sight', t => {
	const {workshop, ...others} = sampleState({
		stepId: 'port',
		challenges: {port: verdictOf('failed')},
		tried: {port: true},
		notice: 'Nothing was run.',
	});
	const judge = ['one', 'two', 'three', 'four'].map(run => ({
		run: `docker build ${run}`,
		edit: null,
		checks: [],
	}));
	const chapters = workshop.chapters.map(chapter => ({
		...chapter,
		steps: chapter.steps.map(step => (step.id === 'port' ? {...step, judge} : step)),
	}));
	const state = {...others, workshop: {...workshop, chapters}};
	const commands = judge.map(({run}) => `$ ${run}`);
	const news = ['! Nothing was run.', '✖ failed: It is as it is.'];
	t.deepEqual(fewer(state, 4), {
		pinned: [commands[0], '… 3 more lines at the end of the text', ...news],
		rest: ['', ...commands],
	});
	t.deepEqual(fewer(state, 2), {
		pinned: news,
		rest: ['', ...commands],
	});
	t.deepEqual(fewer(state, 1), {
		pinned: ['… 2 more lines at the end of the text'],
		rest: ['', ...commands, '', news[0], '', news[1]],
	});
});

test('in little room what enter does goes as a whole, and no line of the rest is lost', t => {
	const state = sampleState({stepId: 'port', challenges: {port: verdictOf('failed')}, tried: {port: true}});
	const all = textsOf(actionLines(state, 40, {symbols, isAlone: true})).filter(text => text !== '');
	const [verdict, ...prompt] = all;
	t.is(verdict, '✖ failed: It is as it is.');
	t.true(prompt.length > 1);
	t.deepEqual(fewer(state, all.length), {pinned: all, rest: []});
	t.deepEqual(fewer(state, all.length - 1), {pinned: [verdict], rest: []});
});

test('a folder and a title with stars and backticks are shown as they are', t => {
	const odd = '/home/**ada**/`it`';
	const challenge = sampleState({stepId: 'port', labFolder: odd});
	t.true(
		textsOf(actionLines(challenge, 200, {symbols, isAlone: false}))
			.join('\n')
			.includes(`in ${odd}.`),
	);
	const chapters = challenge.workshop.chapters.map(chapter => ({
		...chapter,
		steps: chapter.steps.map(step => (step.id === 'build' ? {...step, title: odd} : step)),
	}));
	const away = {...challenge, workshop: {...challenge.workshop, chapters}, runningStepId: 'build'};
	t.is(
		textsOf(actionLines(away, 200, {symbols, isAlone: false})).at(-1),
		`“${odd}” is still running; c cancels it.`,
	);
});
