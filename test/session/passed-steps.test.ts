import test from 'ava';
import type {Progress} from '../../source/session/passed-steps.js';
import {reduce} from '../../source/session/reduce.js';
import type {SessionState} from '../../source/session/state.js';
import {parseMarkdown} from '../../source/workshop/markdown.js';
import type {Step, Workshop} from '../../source/workshop/model.js';
import {sampleState} from '../tui/sample-state.js';

const at = '2026-01-01T00:00:00.000Z';
const verdict = {verdict: 'passed', finding: 'passed', reason: '', next: null, evidence: null} as const;
const check = {check: 'exit', is: 0, finding: 'failed', hint: 'It failed.'} as const;

const withStep = ({workshop}: SessionState, more: Partial<Step>): Workshop => ({
	...workshop,
	chapters: workshop.chapters.map(chapter => ({
		...chapter,
		steps: chapter.steps.map(step =>
			step.id === 'build' ? {...step, checks: [check], capture: {port: '(x)'}, ...more} : step,
		),
	})),
});

/** The first of two starts: a step is passed. */
const before = (() => {
	const state = sampleState({passed: {}, captured: {}});
	const open = {...state, workshop: withStep(state, {}), captured: {port: '1', other: '2'}};
	return reduce(open, {action: 'judge-step', stepId: 'build', verdict, at});
})();

const kept = (passed: Progress['passed']): Progress => ({
	format: 1,
	workshop: before.workshop.id,
	stepId: 'build',
	passed,
	hints: {},
	captured: before.captured,
	builder: null,
	labFolder: '',
	engineId: null,
});

const harmless: Record<string, Partial<Step>> = {
	title: {title: 'Another title'},
	text: {body: parseMarkdown('Another text.')},
	hints: {hints: []},
	'words of a check': {checks: [{...check, finding: 'broken', hint: 'It broke.', says: 'It went.'}]},
	line: {line: 20},
};
const harmful: Record<string, Partial<Step>> = {
	command: {command: 'docker build -t other ./other'},
	check: {checks: [{...check, is: 1}]},
	'further check': {checks: [check, {...check, is: 1}]},
	builder: {builder: 'legacy'},
	edit: {edit: {file: 'Dockerfile', line: 'RUN true'}},
	proof: {judge: [{run: 'docker build .', edit: null, checks: [check]}]},
	kind: {kind: 'challenge'},
};

const ways: Record<string, (workshop: Workshop) => SessionState> = {
	'at the next start': workshop =>
		reduce(
			{...before, workshop, passed: {}},
			{
				action: 'restore-progress',
				progress: kept(before.passed),
				problem: null,
				readOnly: false,
				replay: null,
			},
		),
	'while its author watches it': workshop =>
		reduce(before, {action: 'reload-workshop', workshop, problems: []}),
};

for (const [way, open] of Object.entries(ways)) {
	for (const [what, more] of Object.entries(harmless)) {
		test(`a step with another ${what} stays passed, ${way}`, t => {
			const state = open(withStep(before, more));
			t.like(state.passed.build, {at, finding: 'passed'});
			t.deepEqual(state.captured, before.captured);
		});
	}
	for (const [what, more] of Object.entries(harmful)) {
		test(`a step with another ${what} has to be passed again, ${way}`, t => {
			const state = open(withStep(before, more));
			t.deepEqual(state.passed, {});
			t.deepEqual(state.captured, {other: '2'}, 'what it captured is another thing by now');
		});
	}
}

test('progress of version 0.1.0 is taken over, and belongs to the steps as they are then', t => {
	const progress = kept({build: {at, finding: 'passed'}});
	const restored = reduce(
		{...before, passed: {}},
		{action: 'restore-progress', progress, problem: null, readOnly: false, replay: null},
	);
	t.deepEqual(restored.passed, before.passed);
	t.truthy(restored.passed.build?.of);
});
