import test from 'ava';
import {stepText} from '../../source/plain/page-text.js';
import {createPlainPage} from '../../source/plain/plain-output.js';
import type {SessionState} from '../../source/session/state.js';
import type {Step} from '../../source/workshop/model.js';
import {sampleState} from '../tui/sample-state.js';

const page = createPlainPage({LANG: 'C.UTF-8'}, undefined);

/** The sample with some of its steps different. */
const withSteps = (
	changes: Record<string, Partial<Step>>,
	more: Partial<SessionState> = {},
): SessionState => {
	const state = sampleState(more);
	const chapters = state.workshop.chapters.map(chapter => ({
		...chapter,
		steps: chapter.steps.map(step => ({...step, ...changes[step.id]})),
	}));
	return {...state, workshop: {...state.workshop, chapters}};
};

const textOf = (state: SessionState): string => page.text(stepText(state, page)).join('\n');

const begins = test.macro((t, stepId: string, changes: Partial<Step>, expected: string) => {
	const text = textOf(withSteps({[stepId]: changes}, {stepId}));
	t.is(text.split('\n')[1], expected);
});

const place = 'Chapter 2 of 2, BuildKit and build targets.';
test('a step says which of how many it is', begins, 'build', {}, `${place} Step 2 of 5:`);
test('an extra challenge has no number', begins, 'port', {optional: true}, `${place} Extra challenge:`);
test('an extra step has no number', begins, 'sizes', {optional: true}, `${place} Extra step:`);

const curl = {
	port: {kind: 'run', command: 'curl localhost:{{port}}'},
	run: {capture: {port: ':(\\d+)'}},
} as const;

test('a value that no step has found out yet has a name, and where it comes from', t => {
	const text = textOf(withSteps(curl, {stepId: 'port'}));
	t.true(
		text.includes('\n$ curl localhost:<port>\n`<port>` comes from the step “Run what was built”.'),
		text,
	);
});

test('a value that is known is filled in', t => {
	const text = textOf(withSteps(curl, {stepId: 'port', captured: {port: '32768'}}));
	t.true(text.includes('\n$ curl localhost:32768'), text);
	t.false(text.includes('comes from the step'), text);
});

test('the commands by which a challenge is judged are shown', t => {
	const judge = [{run: 'docker build -t own .', edit: null, checks: []}];
	const text = textOf(withSteps({port: {judge}}, {stepId: 'port'}));
	t.true(text.includes('\n$ docker build -t own .\n'), text);
});
